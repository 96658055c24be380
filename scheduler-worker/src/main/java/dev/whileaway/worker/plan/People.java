package dev.whileaway.worker.plan;

import dev.whileaway.templates.Person;
import dev.whileaway.v1.Gender;
import dev.whileaway.v1.Profile;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/// Reads profiles as digests see them, and says what stands in for what a profile lacks.
final class People {

  static Person of(String user, Profile profile) {
    return new Person(
        user, profile.getName(), profile.getPictureUrl(), gender(profile.getGender()));
  }

  private static Person.Gender gender(Gender gender) {
    return switch (gender) {
      case GENDER_FEMALE -> Person.Gender.FEMALE;
      case GENDER_MALE -> Person.Gender.MALE;
      case GENDER_UNSPECIFIED, UNRECOGNIZED -> Person.Gender.UNKNOWN;
    };
  }

  /// The user's language; [Locale#ROOT], for which the catalogue's default stands in, if unknown.
  static Locale locale(Profile profile) {
    return Locale.forLanguageTag(profile.getLocale());
  }

  /// The user's zone. UTC for a user without one, or with one that this Java does not know (zones
  /// are renamed): night is then night in UTC, and the digest goes out.
  static ZoneId zone(Profile profile) {
    try {
      return profile.getZone().isEmpty() ? ZoneOffset.UTC : ZoneId.of(profile.getZone());
    } catch (DateTimeException _) {
      return ZoneOffset.UTC;
    }
  }

  private People() {}
}
