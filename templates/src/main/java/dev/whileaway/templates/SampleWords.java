package dev.whileaway.templates;

import dev.whileaway.templates.Person.Gender;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whom and what [Samples] show in a language: made-up people and what they write.
record SampleWords(Person recipient, List<Person> people, List<String> words) {

  /// Of the people, in turns; the fifth has a name that anybody may have.
  private static final List<Gender> GENDERS =
      List.of(Gender.FEMALE, Gender.MALE, Gender.FEMALE, Gender.MALE, Gender.UNKNOWN);

  private static final int FIRST_ID = 101;

  /// In the locale's language, or in English if there are no samples in it.
  static SampleWords of(Locale locale) {
    try (InputStream own = open(locale.getLanguage());
        InputStream in = own == null ? open("en") : own) {
      if (in == null) {
        throw new IllegalStateException("expected English samples on the class path");
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TemplateException e) {
      throw new IllegalStateException("expected the samples to load", e);
    }
  }

  private static @Nullable InputStream open(String language) {
    return SampleWords.class.getResourceAsStream("samples/" + language + ".yaml");
  }

  private static SampleWords read(String content) throws TemplateException {
    YamlFields fields = YamlNode.parse("samples", content).fields();
    var recipient = new Person("7", fields.take("recipient").text(), "", Gender.FEMALE);
    var people = new ArrayList<Person>();
    for (YamlNode name : fields.take("people").list()) {
      people.add(person(people.size(), name.text()));
    }
    // Somebody without a name.
    people.add(person(people.size(), ""));
    var words = new ArrayList<String>();
    for (YamlNode each : fields.take("words").list()) {
      words.add(each.text());
    }
    fields.finish();
    return new SampleWords(recipient, List.copyOf(people), List.copyOf(words));
  }

  private static Person person(int place, String name) {
    Gender gender = name.isEmpty() ? Gender.UNKNOWN : GENDERS.get(place % GENDERS.size());
    return new Person(Integer.toString(FIRST_ID + place), name, "", gender);
  }
}
