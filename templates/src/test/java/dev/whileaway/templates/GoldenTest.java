package dev.whileaway.templates;

import dev.whileaway.templates.Person.Gender;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every text, per language and plural form, as people read it: look at the difference when you
/// change one. `mvn test -pl templates -am -Dtest=GoldenTest -Dgolden.update=true
/// -Dsurefire.failIfNoSpecifiedTests=false` writes the files anew.
class GoldenTest {

  private static final int[] COUNTS = {1, 2, 5, 11, 21, 22, 25, 101};
  private static final Templates TEMPLATES = Templates.standard();

  @ParameterizedTest
  @ValueSource(strings = {"en", "ru"})
  void texts_ofEveryTypeAndPluralForm_readAsBefore(String language) throws IOException {
    var out = new StringBuilder();
    for (EventType type : TEMPLATES.catalogue().types()) {
      for (Person sender : senders(language)) {
        for (int events : COUNTS) {
          append(out, language, digest(1, type.name(), events, 1, "", sender));
        }
        append(out, language, digest(2, type.name(), 5, 1, "", sender));
        append(out, language, digest(3, type.name(), 5, 1, "…", sender));
      }
      for (int senders : COUNTS) {
        if (senders > 1) {
          var people = Arrays.copyOf(senders(language), Math.min(3, senders));
          append(out, language, digest(1, type.name(), senders, senders, "", people));
        }
      }
    }
    Golden.compare(language + "-types.txt", out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ru"})
  void texts_ofEveryCombination_readAsBefore(String language) throws IOException {
    var out = new StringBuilder();
    var types = TEMPLATES.catalogue().types();
    for (int set = 1; set < 1 << types.size(); set++) {
      if (Integer.bitCount(set) < 2) {
        continue;
      }
      for (int id : new int[] {1, 2, 3}) {
        var digest = Digests.of(TEMPLATES).id("digest-" + id).to(id == 2 ? "" : "Мария");
        for (int i = 0; i < types.size(); i++) {
          if ((set & 1 << i) != 0) {
            int senders = 1 + (i + id) % 3;
            var people = Arrays.copyOf(senders(language), senders);
            digest.with(types.get(i).name(), senders + id, senders, "", people);
          }
        }
        append(out, language, digest);
      }
    }
    Golden.compare(language + "-groups.txt", out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ru"})
  void plainText_ofTheGroupedSample_readsAsBefore(String language) throws IOException {
    var digest = Samples.of(TEMPLATES.catalogue(), Locale.forLanguageTag(language)).get("grouped");
    Golden.compare(language + "-grouped-mail.txt", TEMPLATES.renderer().mail(digest).text());
  }

  private static Digests digest(
      int id, String type, int events, int senders, String data, Person... people) {
    return Digests.of(TEMPLATES).id("digest-" + id).with(type, events, senders, data, people);
  }

  private static Person[] senders(String language) {
    boolean russian = language.equals("ru");
    return new Person[] {
      Digests.person("1", russian ? "Анна" : "Anna", Gender.FEMALE),
      Digests.person("2", russian ? "Борис" : "Boris", Gender.MALE),
      Digests.person("3", russian ? "Саша" : "Sam", Gender.UNKNOWN),
    };
  }

  private static void append(StringBuilder out, String language, Digests digests) {
    DigestContent digest = digests.in(Locale.forLanguageTag(language));
    PushText push = TEMPLATES.renderer().push(digest);
    MailText mail = TEMPLATES.renderer().mail(digest);
    String[] body = mail.text().split("\n");
    String rest = mail.text().substring(mail.text().indexOf(body[2]) + body[2].length());
    String button = rest.substring(0, rest.indexOf(":\nhttps")).strip();
    out.append("android  ").append(push.title()).append(" | ").append(push.body()).append('\n');
    out.append("ios      ").append(push.longBody()).append('\n');
    out.append("subject  ").append(mail.subject()).append('\n');
    out.append("heading  ").append(body[0]).append(" | ").append(body[2]).append('\n');
    out.append("button   ").append(button.substring(button.lastIndexOf('\n') + 1)).append("\n\n");
  }
}
