package dev.whileaway.ops.preview;

import com.ibm.icu.util.ULocale;
import dev.whileaway.templates.PushText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Draws a push as phones show it: a page of HTML.
final class Phone {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z_]+)}}");

  private Phone() {}

  static String page(PushText push, Locale language) {
    Map<String, String> values =
        Map.of(
            "lang", language.toLanguageTag(),
            "direction", ULocale.forLocale(language).isRightToLeft() ? "rtl" : "ltr",
            "title", push.title(),
            "body", push.body(),
            "long_body", push.longBody(),
            "badge", Integer.toString(push.badge()));
    return PLACEHOLDER
        .matcher(template())
        .replaceAll(
            found -> Matcher.quoteReplacement(escaped(values.getOrDefault(found.group(1), ""))));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String template() {
    try (InputStream in = Phone.class.getResourceAsStream("/preview/phone.html")) {
      if (in == null) {
        throw new IllegalStateException("expected preview/phone.html on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
