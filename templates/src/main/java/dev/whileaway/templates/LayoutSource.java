package dev.whileaway.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A layout as people wrote it, its includes put in, each line knowing whence it came.
///
/// A line that holds nothing but `<mj-include path="parts/head.mjml"/>` stands for that file.
record LayoutSource(String file, List<Line> lines) {

  /// @param number from 1
  record Line(String text, String file, int number) {}

  private static final Pattern INCLUDE =
      Pattern.compile("\\s*<mj-include path=\"([a-z0-9/.-]+)\"\\s*/>\\s*");
  private static final int DEPTH_MAX = 4;

  static LayoutSource read(TemplateFiles files, String file) throws TemplateException {
    var lines = new ArrayList<Line>();
    include(files, file, lines, 0);
    return new LayoutSource(file, List.copyOf(lines));
  }

  private static void include(TemplateFiles files, String file, List<Line> lines, int depth)
      throws TemplateException {
    int number = 0;
    for (String text : files.read(file).split("\n", -1)) {
      number++;
      var include = INCLUDE.matcher(text);
      if (include.matches()) {
        if (depth == DEPTH_MAX) {
          throw TemplateException.at(
              file, number, "includes at most " + DEPTH_MAX + " deep", "one more");
        }
        include(files, "layouts/" + include.group(1), lines, depth + 1);
      } else {
        lines.add(new Line(text, file, number));
      }
    }
  }

  String text() {
    return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
  }

  /// @param line from 1, in [#text]
  TemplateException refuse(int line, String expected, String found) {
    Line origin = lines.get(Math.clamp(line - 1, 0, lines.size() - 1));
    return TemplateException.at(origin.file(), origin.number(), expected, found);
  }

  /// Tells where a placeholder of the layout fails: see [Layout#check].
  TemplateException refuse(@Nullable Integer line, String problem, Map<String, Object> view) {
    return refuse(
        line == null ? 1 : line, "a template over " + new TreeSet<>(view.keySet()), problem);
  }
}
