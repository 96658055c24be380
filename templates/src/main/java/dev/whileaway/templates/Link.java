package dev.whileaway.templates;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A path within the product, with placeholders. What fills them is percent-encoded, so that no id
/// can change where a link leads.
record Link(String path) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern PATH = Pattern.compile("/[!-~]*");
  private static final Pattern WEB = Pattern.compile("https?://[!-~]+[^/]");
  private static final Pattern APP = Pattern.compile("[a-z][a-z0-9+.-]*:[!-~]+");
  private static final Set<String> SCHEMES_REFUSED =
      Set.of("javascript", "data", "vbscript", "file");

  static Link parse(YamlNode node, Set<String> placeholders) throws TemplateException {
    String path = node.text(PATH, "a path that begins with /");
    var matcher = PLACEHOLDER.matcher(path);
    while (matcher.find()) {
      if (!placeholders.contains(matcher.group(1))) {
        throw node.refuse(
            "one of the placeholders " + new TreeSet<>(placeholders), matcher.group());
      }
    }
    if (matcher.replaceAll("").matches(".*[{}<>\"\\\\].*")) {
      throw node.refuse("a path", "'" + path + "'");
    }
    return new Link(path);
  }

  static String parseWebBase(YamlNode node) throws TemplateException {
    return node.text(WEB, "an http or https address without a slash at its end");
  }

  static String parseAppBase(YamlNode node) throws TemplateException {
    String base = node.text(APP, "an address such as https://example.com or myapp:/");
    if (SCHEMES_REFUSED.contains(base.substring(0, base.indexOf(':')))) {
      throw node.refuse("an address that an app opens", "'" + base + "'");
    }
    return base;
  }

  String under(String base, Map<String, String> values) {
    return base
        + PLACEHOLDER
            .matcher(path)
            .replaceAll(found -> encode(values.getOrDefault(found.group(1), "")));
  }

  // The replacement holds no $ or backslash: both are encoded.
  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// The address of a picture, if a mail may load it.
  static boolean isPicture(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return url.length() <= 2_048
        && (lower.startsWith("https://") || lower.startsWith("http://"))
        && url.chars()
            .allMatch(c ->
                c > ' ' && c != '"' && c != '\'' && c != '<' && c != '>' && c != '\\' && c < 0x7F);
  }
}
