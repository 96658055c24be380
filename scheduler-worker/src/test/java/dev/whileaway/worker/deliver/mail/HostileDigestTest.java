package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.fail;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.EventType;
import dev.whileaway.templates.Person;
import dev.whileaway.templates.Person.Gender;
import dev.whileaway.templates.Templates;
import dev.whileaway.templates.token.UserLinks;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What strangers say of themselves and to others never becomes markup (TRAPS 32, 46).
class HostileDigestTest {

  private static final long SEED = 20260131L;

  /// Each with nine strangers, who have a name, an id, a picture and something to say: a hundred
  /// thousand hostile words.
  private static final int DIGESTS = 3_000;

  private static final int HARMLESS = 200;
  private static final int ITEMS_MAX = 6;
  private static final Instant AT = Instant.parse("2026-01-31T10:15:00Z");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\n]]");
  private static final List<Locale> LOCALES =
      Stream.of("en", "ru", "ar").map(Locale::forLanguageTag).toList();

  private final Templates templates =
      Templates.standard(Optional.of(new UserLinks("https://m.example.org", Samples.KEYS)));

  @Test
  void digests_ofHostileWords_haveTheMarkupOfHarmlessOnes() {
    var harmless = new HashSet<String>();
    for (int i = 0; i < HARMLESS; i++) {
      harmless.addAll(Markup.of(html(new Random(i), _ -> "word")));
    }

    IntStream.range(0, DIGESTS)
        .parallel()
        .forEach(i -> {
          long seed = SEED + i;
          var strange = Markup.of(html(new Random(seed), HostileWords::of));
          strange.removeAll(harmless);
          if (!strange.isEmpty()) {
            fail("digest of seed %d has %s", seed, strange);
          }
        });
  }

  private String html(Random random, Function<Random, String> words) {
    var digest = digest(random, words);
    var push = templates.renderer().push(digest);
    var mail = templates.renderer().mail(digest);
    for (var line : List.of(push.title(), push.body(), push.link(), mail.subject())) {
      if (CONTROLS.matcher(line).find() || line.contains("\n")) {
        fail("expected a line, but found %s", line);
      }
    }
    if (CONTROLS.matcher(mail.html() + mail.text()).find()) {
      fail("expected text without controls, but found %s", mail.text());
    }
    return mail.html();
  }

  private DigestContent digest(Random random, Function<Random, String> words) {
    var locale = LOCALES.get(random.nextInt(LOCALES.size()));
    var groups = new ArrayList<Group>();
    for (EventType type : templates.catalogue().types()) {
      if (groups.isEmpty() || random.nextBoolean()) {
        groups.add(group(type, random, words));
      }
    }
    return new DigestContent(
        words.apply(random), person(random, words), locale, ZoneOffset.UTC, AT, groups);
  }

  private static Group group(EventType type, Random random, Function<Random, String> words) {
    var items = new ArrayList<Item>();
    for (int i = random.nextInt(ITEMS_MAX); i >= 0; i--) {
      items.add(new Item(person(random, words), words.apply(random), AT.minusSeconds(i)));
    }
    int more = random.nextInt(3);
    return new Group(type, items.size() + more, items.size() + more, items);
  }

  private static Person person(Random random, Function<Random, String> words) {
    var pictures = List.of("", "https://pictures.example/", "javascript:");
    var picture = pictures.get(random.nextInt(pictures.size()));
    var genders = Gender.values();
    return new Person(
        words.apply(random),
        random.nextInt(5) == 0 ? "" : words.apply(random),
        picture.isEmpty() ? "" : picture + words.apply(random),
        genders[random.nextInt(genders.length)]);
  }
}
