package dev.whileaway.templates;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Map;

/// When something happened, as the recipient's clock and calendar say it.
final class LocalTimes {

  private final DigestContent digest;
  private final Texts texts;
  private final DateTimeFormatter time;
  private final DateTimeFormatter date;
  private final LocalDate today;

  LocalTimes(DigestContent digest, Texts texts) {
    this.digest = digest;
    this.texts = texts;
    // The region decides between 14:05 and 2:05 PM; the words come from the language that is shown.
    boolean sameLanguage = digest.locale().getLanguage().equals(texts.language().getLanguage());
    var locale = sameLanguage ? digest.locale() : texts.language();
    this.time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale);
    this.date = DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale);
    this.today = digest.at().atZone(digest.zone()).toLocalDate();
  }

  String of(Instant at) {
    ZonedDateTime local = at.atZone(digest.zone());
    LocalDate day = local.toLocalDate();
    String path =
        day.equals(today)
            ? "times.today"
            : day.equals(today.minusDays(1)) ? "times.yesterday" : "times.earlier";
    // Some fonts lack the narrow no-break space that stands before "PM".
    String clock = time.format(local).replace('\u202F', '\u00A0');
    return texts.say(path, digest.digestId(), Map.of("time", clock, "date", date.format(local)));
  }
}
