package dev.whileaway.templates;

import ch.digitalfondue.mjml4j.Mjml4j;
import java.io.IOException;
import java.io.StringReader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/// Compiles MJML to an HTML page, once, before any data is known (TRAPS 46).
///
/// The source is read as XML, strictly. The compiler's own parser forgives everything, so that a
/// forgotten end tag would be found in a mailbox only; and it loses the end of a table around
/// another table.
final class Mjml {

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

  /// The compiler writes XML's end tags for elements that have none in HTML, where a second `br`
  /// would be a second line break.
  private static final Pattern END_OF_VOID = Pattern.compile("</(br|hr|img|meta|link|col)>");

  /// A third of the page, and sent with each mail.
  private static final Pattern INDENTATION = Pattern.compile("(?m)^\\s+");

  /// One page serves all languages of a direction.
  private static final String LANGUAGE = "{{ lang }}";

  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private Mjml() {}

  static String compile(LayoutSource source, boolean rightToLeft) throws TemplateException {
    String text = source.text();
    var direction = rightToLeft ? Mjml4j.TextDirection.RTL : Mjml4j.TextDirection.LTR;
    var settings = new Mjml4j.Configuration(LANGUAGE, direction);
    try {
      check(text, source);
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(NO_DOCTYPE, true);
      var document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
      String page = END_OF_VOID.matcher(Mjml4j.render(document, settings)).replaceAll("");
      return INDENTATION.matcher(page).replaceAll("");
    } catch (SAXParseException e) {
      throw source.refuse(
          e.getLineNumber(), "well-formed MJML", MjmlWords.found(e.getMessage() + ""));
    } catch (SAXException | ParserConfigurationException | IOException | RuntimeException e) {
      throw source.refuse(1, "MJML that compiles", String.valueOf(e.getMessage()));
    }
  }

  private static void check(String text, LayoutSource source)
      throws TemplateException, SAXException, ParserConfigurationException, IOException {
    var factory = SAXParserFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(NO_DOCTYPE, true);
    var checker = new ComponentChecker();
    factory.newSAXParser().parse(new InputSource(new StringReader(text)), checker);
    if (!checker.unknown.isEmpty()) {
      throw source.refuse(
          checker.unknownLine,
          "one of the components " + new TreeSet<>(COMPONENTS),
          "<" + checker.unknown + ">");
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
      if (name.startsWith("mj") && !COMPONENTS.contains(name) && unknown.isEmpty()) {
        unknown = name;
        unknownLine = locator == null ? 1 : locator.getLineNumber();
      }
    }

    // The inherited one writes to the standard error stream.
    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
