package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.Person.Gender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A language that says only a part itself: a region's own words, or a translation that has begun.
class PartialLanguageTest {

  private static final String FILE = "texts/de-AT.yaml";
  private static final Locale AUSTRIAN = Locale.forLanguageTag("de-AT");

  @TempDir Path temp;
  private TemplatesFolder folder;

  @BeforeEach
  void copy() throws IOException {
    folder = TemplatesFolder.copyTo(temp);
    folder.replace("catalogue.yaml", "ar, ja]", "ar, ja, de-AT]");
  }

  @Test
  void whatItDoesNotSay_isSaidInTheOther_withTheOthersPlurals() throws Exception {
    write(
        """
        rest: pl
        labels:
          unsubscribe: "Abbestellen, bitte"
        types:
          visit:
            more: "und {count, plural, one {# Besuch} other {# Besuche}} noch"
        """);
    var anna = Digests.person("1", "Anna", Gender.FEMALE);
    var digest = Digests.of(folder.load()).with("visit", 9, 1, "", anna).in(AUSTRIAN);
    MailText mail = folder.load().renderer().mail(digest);

    assertThat(mail.subject()).isEqualTo("Anna zajrzała na Twój profil");
    assertThat(mail.html()).contains("lang=\"de-AT\"");
    assertThat(mail.text())
        .contains(
            "und 5\u00A0Besuche noch", "Abbestellen, bitte: https", "Wybierz, o czym piszemy");
  }

  @Test
  void withoutAnother_itMustBeWhole() throws IOException {
    write("labels:\n  unsubscribe: Abbestellen\n");
    folder.expectRefusal(FILE, 1, "a text list.separator", "none");
  }

  @Test
  void another_thatComesLater_isRefused() throws IOException {
    write("\nrest: de-AT\n");
    folder.expectRefusal(FILE, 2, "before this one", "[en, ru, de, pl, ar, ja]", "'de-AT'");
  }

  private void write(String texts) throws IOException {
    Files.writeString(temp.resolve(FILE), texts);
  }
}
