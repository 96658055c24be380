package dev.whileaway.templates;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/// A layout as people wrote it, its includes put in, each line knowing whence it came.
///
/// A line that holds nothing but `<mj-include path="parts/head.mjml"/>` stands for that file.
record LayoutSource(String file, List<Line> lines) {

  /// @param number from 1
  record Line(String text, String file, int number) {}

  private static final Pattern INCLUDE =
      Pattern.compile("\\s*<mj-include path=\"([a-z0-9/.-]+)\"\\s*/>\\s*");
  private static final int DEPTH_MAX = 4;

  /// The components that mjml4j knows: others it would leave out without a word.
  private static final Set<String> COMPONENTS =
      Set.of(
          "mjml",
          "mj-head",
          "mj-body",
          "mj-title",
          "mj-preview",
          "mj-attributes",
          "mj-all",
          "mj-class",
          "mj-breakpoint",
          "mj-font",
          "mj-style",
          "mj-html-attributes",
          "mj-raw",
          "mj-section",
          "mj-wrapper",
          "mj-column",
          "mj-group",
          "mj-text",
          "mj-button",
          "mj-image",
          "mj-divider",
          "mj-spacer",
          "mj-table",
          "mj-hero");

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

  /// Refuses what is not well-formed, and components that would silently vanish. The MJML compiler
  /// itself forgives everything, so that a forgotten end tag would be found in a mailbox only.
  void checkMjml() throws TemplateException {
    var factory = SAXParserFactory.newInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var checker = new ComponentChecker();
      factory.newSAXParser().parse(new InputSource(new StringReader(text())), checker);
      if (!checker.unknown.isEmpty()) {
        throw refuse(
            checker.unknownLine,
            "one of the components " + new TreeSet<>(COMPONENTS),
            "<" + checker.unknown + ">");
      }
    } catch (SAXParseException e) {
      throw refuse(e.getLineNumber(), "well-formed MJML", String.valueOf(e.getMessage()));
    } catch (SAXException | ParserConfigurationException | java.io.IOException e) {
      throw refuse(1, "well-formed MJML", String.valueOf(e.getMessage()));
    }
  }

  private static final class ComponentChecker extends DefaultHandler {

    private String unknown = "";
    private int unknownLine;
    private @Nullable Locator locator;

    @Override
    public void setDocumentLocator(Locator locator) {
      this.locator = locator;
    }

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes) {
      boolean component = name.startsWith("mj");
      if (component && !COMPONENTS.contains(name) && unknown.isEmpty()) {
        unknown = name;
        unknownLine = locator == null ? 1 : locator.getLineNumber();
      }
    }

    // The default one writes to the standard error stream.
    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }

  /// Tells where a placeholder of the layout fails: see [Layout#check].
  TemplateException refuse(@Nullable Integer line, String problem, Map<String, Object> view) {
    return refuse(
        line == null ? 1 : line, "a template over " + new TreeSet<>(view.keySet()), problem);
  }
}
