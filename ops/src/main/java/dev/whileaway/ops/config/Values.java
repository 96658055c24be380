package dev.whileaway.ops.config;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/// How the values of keys are written. A converter's exception says what was expected; the loader
/// adds the key, the place and what was found.
final class Values {

  private Values() {}

  /// A whole number within bounds.
  abstract static class Whole implements Converter<Integer> {
    private final int min;
    private final int max;
    private final String expected;

    Whole(int min, int max, String expected) {
      this.min = min;
      this.max = max;
      this.expected = expected;
    }

    @Override
    public Integer convert(String text) {
      try {
        int value = Integer.parseInt(text.replace("_", ""));
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Refused below, like a number out of bounds.
      }
      throw new IllegalArgumentException(expected);
    }
  }

  public static final class Port extends Whole {
    public Port() {
      super(0, 65_535, "a port from 1 to 65535, or 0 for any free one");
    }
  }

  public static final class Shards extends Whole {
    public Shards() {
      super(1, 4_096, "1 to 4096 shards");
    }
  }

  public static final class Batch extends Whole {
    public Batch() {
      super(1, 1_000, "a whole number from 1 to 1000");
    }
  }

  public static final class Count extends Whole {
    public Count() {
      super(1, Integer.MAX_VALUE, "a whole number from 1 to " + Integer.MAX_VALUE);
    }
  }

  /// As many sends as one user's devices need together (profiles.proto), or more.
  public static final class InFlight extends Whole {
    public InFlight() {
      super(20, Integer.MAX_VALUE, "a whole number from 20, the devices that a user may have");
    }
  }

  /// A rate; zero: any.
  public static final class Rate extends Whole {
    public Rate() {
      super(0, Integer.MAX_VALUE, "a whole number from 0, which stands for any rate");
    }
  }

  public static final class Span implements Converter<Duration> {
    /// What the contract allows (digests.proto): a longer one would be refused at every use.
    private static final Duration LONGEST = Duration.ofDays(365);

    @Override
    public Duration convert(String text) {
      Duration span = Spans.parse(text);
      if (span.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("a duration of 365d at most");
      }
      return span;
    }
  }

  public static final class Hour implements Converter<LocalTime> {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    @Override
    public LocalTime convert(String text) {
      try {
        return LocalTime.parse(text, FORM);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("a local time such as 23:00", e);
      }
    }
  }

  public static final class Start implements Converter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("a moment such as 2026-01-31T18:00:00Z", e);
      }
    }
  }

  public static final class Speed implements Converter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double value = Double.parseDouble(text);
        if (value >= 1 && value <= 1_000_000) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Refused below, like a number out of bounds.
      }
      throw new IllegalArgumentException("a number from 1 to 1000000");
    }
  }

  public static final class WebAddress implements Converter<URI> {
    private static final Pattern FORM = Pattern.compile("https?://[^/\\s]+.*");

    @Override
    public URI convert(String text) {
      if (FORM.matcher(text).matches()) {
        try {
          return URI.create(text);
        } catch (IllegalArgumentException e) {
          // Refused below.
        }
      }
      throw new IllegalArgumentException("an address such as https://push.example.com");
    }
  }

  /// A name that stands in ledgers and labels.
  public static final class Name implements Converter<String> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    @Override
    public String convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "a name of 1 to 63 letters, digits, dots, dashes or underscores");
      }
      return text;
    }
  }

  /// A name that DNS could have, in ASCII.
  public static final class Domain implements Converter<String> {
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern FORM = Pattern.compile(LABEL + "(\\." + LABEL + "){0,31}");

    @Override
    public String convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException("a name of DNS, such as example.com");
      }
      return text;
    }
  }

  /// What the links of mails begin with. Mailboxes offer one-click unsubscribing over TLS alone
  /// (RFC 8058 section 3.1); rehearsals on one machine do without.
  public static final class PagesUrl implements Converter<String> {
    private static final Pattern FORM =
        Pattern.compile(
            "https://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~-]+)*|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?");

    @Override
    public String convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException("an https address without a slash at its end");
      }
      return text;
    }
  }

  /// Where mails can go to, in its plain form.
  public static final class Address implements Converter<String> {
    private static final Pattern FORM =
        Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    @Override
    public String convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException("an address such as complaints@mail.example.com");
      }
      return text;
    }
  }

  /// What Gmail takes for the last part of a Feedback-ID.
  public static final class FeedbackSender implements Converter<String> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{5,15}");

    @Override
    public String convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException("5 to 15 letters, digits, dots, dashes or underscores");
      }
      return text;
    }
  }

  /// Stricter than the usual, where every word that is not true means false.
  public static final class YesNo implements Converter<Boolean> {
    @Override
    public Boolean convert(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("true or false");
      };
    }
  }
}
