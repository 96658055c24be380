package dev.whileaway.aggregator.edge.rules;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.v1.Format;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The forms that `rules.proto` names.
final class Formats {

  private static final int ID_BYTES_MAX = 128;
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private final Catalogue catalogue;

  Formats(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// Null: any text.
  @Nullable StringRule rule(Format format) {
    return switch (format) {
      case FORMAT_UNSPECIFIED -> null;
      case FORMAT_ID -> Formats::id;
      case FORMAT_EVENT_TYPE -> this::eventType;
      case FORMAT_EMAIL -> EmailForm::broken;
      case FORMAT_ZONE -> Formats::zone;
      case FORMAT_LOCALE -> Formats::locale;
      case FORMAT_URL -> Formats::url;
      case FORMAT_LINE -> Formats::line;
      case UNRECOGNIZED ->
          throw new IllegalStateException("expected a format of rules.proto, but found " + format);
    };
  }

  private static @Nullable String id(String value) {
    if (value.isEmpty()) {
      return "expected an identifier of 1 to 128 bytes, but found nothing";
    }
    int size = com.google.common.base.Utf8.encodedLength(value);
    if (size > ID_BYTES_MAX) {
      return "expected an identifier of 1 to 128 bytes, but found " + size + " bytes";
    }
    if (hasControl(value)) {
      return expected("an identifier without control characters", value);
    }
    if (space(value.codePointAt(0)) || space(value.codePointBefore(value.length()))) {
      return expected("an identifier without white space at its ends", value);
    }
    return null;
  }

  private @Nullable String eventType(String value) {
    if (catalogue.type(value).isPresent()) {
      return null;
    }
    String nearest =
        Nearest.of(value, catalogue.types().stream().map(EventType::name).toList())
            .map(name -> "; did you mean " + name + "?")
            .orElse("");
    return expected("a type of the catalogue (" + catalogue.names() + ")", value) + nearest;
  }

  private static @Nullable String zone(String value) {
    return ZONES.contains(value)
        ? null
        : expected("an IANA time zone, such as Europe/Moscow", value);
  }

  private static @Nullable String locale(String value) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(value).build();
      if (!locale.getLanguage().isEmpty()) {
        return null;
      }
    } catch (IllformedLocaleException notATag) {
      // Told below.
    }
    return expected("a BCP 47 language tag, such as en, ru or pt-BR", value);
  }

  private static @Nullable String url(String value) {
    try {
      URI uri = new URI(value);
      boolean web =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (web && uri.getHost() != null && !hasControl(value)) {
        return null;
      }
    } catch (URISyntaxException notAnAddress) {
      // Told below.
    }
    return expected("an absolute https or http address", value);
  }

  private static @Nullable String line(String value) {
    return hasControl(value) ? expected("one line without control characters", value) : null;
  }

  /// Whether a text has a control character, or one of the two Unicode line ends.
  static boolean hasControl(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        return true;
      }
    }
    return false;
  }

  private static boolean space(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  static String expected(String what, String value) {
    String found = value.isEmpty() ? "nothing" : Found.quote(value);
    return "expected " + what + ", but found " + found;
  }
}
