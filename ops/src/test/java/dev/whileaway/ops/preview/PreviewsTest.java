package dev.whileaway.ops.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.ops.StandardTemplates;
import dev.whileaway.templates.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewsTest {

  private static final Pattern TEXT = Pattern.compile("( *(?:- )?[a-z-]+: \"?)(.+)");

  /// The one that nobody reads: verbs agree with it.
  private static final String GENDER = "nameless-gender:";

  @TempDir private Path folder;

  /// Each text is marked in front, and each mark is looked for in what people are shown.
  @Test
  void samples_byEveryVariant_showEveryText() throws Exception {
    StandardTemplates.copyTo(folder);
    Map<String, String> marked = mark(folder.resolve("texts/en.yaml"));
    assertThat(marked).hasSizeGreaterThan(170);
    Templates templates = Templates.load(folder, Optional.empty());
    var previews = Previews.of(templates, Locale.ENGLISH);

    var seen = new StringBuilder();
    for (int number = 1; number <= templates.proofs().variants(Locale.ENGLISH); number++) {
      for (List<Preview> sample : previews.variant(number).samples().values()) {
        sample.forEach(preview -> preview.texts().values().forEach(seen::append));
      }
    }

    marked.keySet().removeIf(mark -> seen.indexOf(mark) >= 0);
    assertThat(marked).isEmpty();
  }

  /// @return the lines by their marks
  private static Map<String, String> mark(Path texts) throws IOException {
    var marked = new TreeMap<String, String>();
    var lines = new ArrayList<String>();
    for (String line : Files.readAllLines(texts)) {
      Matcher text = TEXT.matcher(line);
      if (text.matches() && !line.contains(GENDER)) {
        String mark = "\u2991" + marked.size() + "\u2992";
        marked.put(mark, line);
        lines.add(text.group(1) + mark + text.group(2));
      } else {
        lines.add(line);
      }
    }
    Files.write(texts, lines);
    return marked;
  }
}
