package dev.whileaway.templates;

import ch.digitalfondue.jfiveparse.Document;
import ch.digitalfondue.jfiveparse.Element;
import ch.digitalfondue.jfiveparse.JFiveParse;
import ch.digitalfondue.jfiveparse.Node;
import ch.digitalfondue.jfiveparse.NodeMatcher;
import ch.digitalfondue.jfiveparse.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A mail as a mailbox reads it: its elements, and the colours that they come out in. Knows as much
/// of CSS as our layouts need: styles of elements, and above them the rules for the dark.
final class MailDom {

  private static final Pattern DARK =
      Pattern.compile("@media \\(prefers-color-scheme: dark\\)\\s*\\{((?:[^{}]*\\{[^{}]*})*)\\s*}");
  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
  private static final Pattern DECLARATION = Pattern.compile("([a-z-]+)\\s*:\\s*([^;]+)");

  /// Words of the mail, and the contrast in which they are read.
  record Read(String words, double contrast) {}

  private final Document document;
  private final Map<Element, Map<String, String>> dark = new HashMap<>();

  private MailDom(Document document) {
    this.document = document;
  }

  static MailDom of(String html) {
    var dom = new MailDom(JFiveParse.parse(html));
    for (Element style : dom.document.getElementsByTagName("style")) {
      DARK.matcher(style.getTextContent())
          .results()
          .flatMap(media -> RULE.matcher(media.group(1)).results())
          .forEach(dom::addDark);
    }
    return dom;
  }

  private void addDark(MatchResult rule) {
    NodeMatcher<Node> matcher = Selector.parseSelector(rule.group(1).strip());
    for (Node node : document.getAllNodesMatching(matcher)) {
      dark.computeIfAbsent((Element) node, _ -> new HashMap<>())
          .putAll(declarations(rule.group(2).replace("!important", "")));
    }
  }

  List<Element> all(String selector) {
    return document.getAllNodesMatching(Selector.parseSelector(selector)).stream()
        .map(Element.class::cast)
        .toList();
  }

  /// Everything that is read, in order; without the pre-header.
  List<Read> read(boolean inTheDark) {
    var read = new ArrayList<Read>();
    collect(document.getElementsByTagName("body").getFirst(), inTheDark, read);
    return read;
  }

  private void collect(Node node, boolean inTheDark, List<Read> read) {
    for (Node child : node.getChildNodes()) {
      if (child instanceof Element element) {
        if (!isHidden(element)) {
          collect(element, inTheDark, read);
        }
      } else if (child.getNodeType() == Node.TEXT_NODE
          && !child.getTextContent().isBlank()
          && node instanceof Element parent) {
        double contrast = contrast(colour(parent, inTheDark), background(parent, inTheDark));
        read.add(new Read(child.getTextContent().strip(), contrast));
      }
    }
  }

  boolean isHidden(Element element) {
    return "none".equals(declarations(style(element)).get("display"))
        || element.getNodeName().equals("style");
  }

  private String colour(Element element, boolean inTheDark) {
    return nearest(element, inTheDark, "color", "")
        .orElseThrow(() -> new AssertionError("expected a colour of " + element.getOuterHTML()));
  }

  private String background(Element element, boolean inTheDark) {
    return nearest(element, inTheDark, "background-color", "bgcolor")
        .orElseThrow(() -> new AssertionError("expected a ground of " + element.getOuterHTML()));
  }

  private Optional<String> nearest(
      Element element, boolean inTheDark, String property, String attribute) {
    for (Node node = element; node instanceof Element each; node = node.getParentNode()) {
      String value = inTheDark ? dark.getOrDefault(each, Map.of()).get(property) : null;
      if (value == null) {
        value = declarations(style(each)).get(property);
      }
      if (value == null && each.hasAttribute(attribute)) {
        value = each.getAttribute(attribute);
      }
      if (value != null) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }

  private static String style(Element element) {
    return element.hasAttribute("style") ? element.getAttribute("style") : "";
  }

  private static Map<String, String> declarations(String style) {
    var declarations = new HashMap<String, String>();
    DECLARATION
        .matcher(style)
        .results()
        .forEach(found -> declarations.put(found.group(1), found.group(2)));
    return declarations;
  }

  /// By WCAG 2.2.
  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double part = (channel & 0xFF) / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
