package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.PluralRules;
import dev.whileaway.templates.Person.Gender;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TRAPS 31: how each language counts, in every class of plurals that it has. The files are for
/// reading; `GoldenTest` says how they are renewed, and has all texts of English and Russian.
class PluralsTest {

  private static final int[] COUNTS = {1, 2, 3, 5, 11, 14, 21, 22, 25, 100, 101, 102, 111, 1_000};
  private static final Templates TEMPLATES = Templates.standard();

  @ParameterizedTest
  @ValueSource(strings = {"en", "ru", "de", "pl", "ar", "ja"})
  void texts_inEveryPluralClass_readAsBefore(String language) throws IOException {
    Locale locale = Locale.forLanguageTag(language);
    PluralRules rules = PluralRules.forLocale(locale);
    var classes = new TreeSet<String>();
    var out = new StringBuilder();
    for (int count : COUNTS) {
      classes.add(rules.select(count));
      out.append("# ").append(count).append(' ').append(rules.select(count)).append('\n');
      for (EventType type : TEMPLATES.catalogue().types()) {
        out.append(subject(locale, type.name(), count)).append('\n');
      }
      out.append(grouped(locale, count)).append("\n\n");
    }
    assertThat(classes).isEqualTo(classesOfCounts(rules));
    Golden.compare(language + "-plurals.txt", out.toString());
  }

  /// Those that a number of events can have: never the zero of Arabic, nor what is for fractions.
  private static TreeSet<String> classesOfCounts(PluralRules rules) {
    var classes = new TreeSet<String>();
    for (int count = 1; count <= 10_000; count++) {
      classes.add(rules.select(count));
    }
    return classes;
  }

  private static String subject(Locale locale, String type, int count) {
    Person[] people = Arrays.copyOf(people(), Math.min(count, 3));
    return TEMPLATES
        .renderer()
        .mail(Digests.of(TEMPLATES).with(type, count, count, "", people).in(locale))
        .subject();
  }

  private static String grouped(Locale locale, int count) {
    var digest = Digests.of(TEMPLATES);
    for (EventType type : TEMPLATES.catalogue().types()) {
      digest.with(type.name(), count, count, "", people());
    }
    return TEMPLATES.renderer().push(digest.in(locale)).longBody();
  }

  private static Person[] people() {
    return new Person[] {
      Digests.person("1", "Anna", Gender.FEMALE),
      Digests.person("2", "Boris", Gender.MALE),
      Digests.person("3", "Kim", Gender.UNKNOWN),
    };
  }
}
