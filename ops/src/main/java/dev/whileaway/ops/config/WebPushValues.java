package dev.whileaway.ops.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/// How the values of Web Push are written, as [Values].
final class WebPushValues {

  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  private WebPushValues() {}

  /// A host that may be sent to, in small letters; or, with `*.` in front, all below a name of two
  /// parts or more. Who registers a subscription names the host, so that there is no "any".
  public static final class Service implements Converter<String> {
    private static final Pattern FORM =
        Pattern.compile("(\\*\\." + LABEL + "\\.)?" + LABEL + "(\\." + LABEL + "){0,31}");

    @Override
    public String convert(String text) {
      String host = text.toLowerCase(Locale.ROOT);
      if (!FORM.matcher(host).matches()) {
        throw new IllegalArgumentException(
            "a host such as fcm.googleapis.com or *.push.apple.com, without https:// and port");
      }
      return host;
    }
  }

  /// Whom a push service turns to (RFC 8292 section 2.1). It stands in JSON as it is.
  public static final class Contact implements Converter<String> {
    private static final String WORD = "[!-~&&[^\"\\\\<>@]]+";

    private static final Pattern FORM =
        Pattern.compile("mailto:" + WORD + "@" + WORD + "|https://[A-Za-z0-9]" + WORD);

    @Override
    public String convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "an address such as mailto:operator@example.com or https://example.com/contact");
      }
      return text;
    }
  }
}
