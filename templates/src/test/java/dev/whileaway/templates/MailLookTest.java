package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;

import ch.digitalfondue.jfiveparse.Element;
import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.Person.Gender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What good senders owe their readers, also those who see badly, read in the dark or load no
/// pictures. `MailInBrowserTest` measures what only a browser can tell.
class MailLookTest {

  /// WCAG 2.2, 1.4.3.
  private static final double CONTRAST_MIN = 4.5;

  private static final Templates TEMPLATES = Templates.standard();

  static List<Locale> languages() {
    return TEMPLATES.pages().languages();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void text_isReadable_inTheLightAndInTheDark(boolean inTheDark) {
    for (String sample : List.of("grouped", "single-match", "huge")) {
      List<MailDom.Read> read = MailDom.of(sample(sample, Locale.ENGLISH).html()).read(inTheDark);
      assertThat(read).hasSizeGreaterThan(8);
      assertThat(read)
          .allSatisfy(each ->
              assertThat(each.contrast()).as(each.words()).isGreaterThanOrEqualTo(CONTRAST_MIN));
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void page_tellsItsLanguageAndItsDirection(Locale language) {
    MailDom dom = MailDom.of(sample("grouped", language).html());
    String direction = language.getLanguage().equals("ar") ? "rtl" : "ltr";
    for (String element : List.of("html", "div[role=article]")) {
      assertThat(dom.all(element)).hasSize(1);
      assertThat(dom.all(element).getFirst().getAttribute("lang"))
          .isEqualTo(language.toLanguageTag());
      assertThat(dom.all(element).getFirst().getAttribute("dir")).isEqualTo(direction);
    }
  }

  @Test
  void order_isWhatAListenerNeeds() {
    MailText mail = sample("grouped", Locale.ENGLISH);
    MailDom dom = MailDom.of(mail.html());
    String said = String.join("\n", dom.read(false).stream().map(MailDom.Read::words).toList());
    assertThat(said)
        .containsSubsequence(
            "Whileaway", "Mary", "You have", "messages", "Clara", "See everything", "Unsubscribe");
    assertThat(dom.all("h1")).hasSize(1);
    assertThat(dom.all("h2")).hasSize(4);
    assertThat(dom.all("table"))
        .allMatch(table -> table.getAttribute("role").equals("presentation"));
  }

  @Test
  void preheader_standsBeforeAllElse_isHidden_andKeepsTheRestOutOfThePreview() {
    MailDom dom = MailDom.of(sample("grouped", Locale.ENGLISH).html());
    Element first = dom.all("body > div").getFirst();
    assertThat(dom.isHidden(first)).isTrue();
    assertThat(first.getTextContent()).startsWith("All of it on one page.");
    assertThat(first.getTextContent().length()).isGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void unsubscribing_isOneVisibleLink_inBothParts(Locale language) {
    for (String name : List.of("grouped", "single-visit", "huge", "hostile")) {
      MailText mail = sample(name, language);
      for (String path : List.of("/unsubscribe?digest=", "/settings/notifications")) {
        String url = "https://example.com" + path;
        assertThat(MailDom.of(mail.html()).all("a"))
            .filteredOn(link -> link.getAttribute("href").startsWith(url))
            .as(name + path)
            .hasSize(1)
            .allMatch(link -> !link.getTextContent().isBlank());
        assertThat(mail.text().split(Pattern.quote(url), -1)).hasSize(2);
      }
    }
  }

  @Test
  void pictures_saySomethingWhenTheyAreBlocked() {
    MailDom dom = MailDom.of(TEMPLATES.renderer().mail(full(Locale.ENGLISH, 20)).html());
    assertThat(dom.all("img"))
        .hasSizeGreaterThan(4)
        .allSatisfy(img -> {
          assertThat(img.getAttribute("alt")).isNotBlank();
          assertThat(img.getAttribute("width")).isEqualTo("40");
          assertThat(img.getAttribute("style")).contains("background-color", "color:#ffffff");
        });
  }

  // TRAPS 30: Gmail clips at 102 KB, and the unsubscribe link with the rest.
  @ParameterizedTest
  @MethodSource("languages")
  void size_ofTwoHundredEventsWithLongNamesAndPictures_staysBelowWhatIsClipped(Locale language) {
    MailText mail = TEMPLATES.renderer().mail(full(language, 200));
    assertThat(mail.html().getBytes(StandardCharsets.UTF_8).length).isLessThan(100_000);
    assertThat(MailDom.of(mail.html()).all("a"))
        .anyMatch(link -> link.getAttribute("href").contains("/unsubscribe?digest="));
  }

  private static MailText sample(String name, Locale language) {
    return TEMPLATES.renderer().mail(Samples.of(TEMPLATES.catalogue(), language).get(name));
  }

  /// All types, so many events each, by people with long names, long messages and pictures.
  private static DigestContent full(Locale language, int events) {
    var digest = Digests.of(TEMPLATES);
    for (EventType type : TEMPLATES.catalogue().types()) {
      var items = new ArrayList<Item>();
      for (int i = 0; i < events; i++) {
        String name =
            Stream.generate(() -> "Ω&<Максимилиан").limit(9).reduce("", String::concat) + i;
        String picture = "https://example.com/" + "p".repeat(1_900) + i + ".jpg";
        var sender = new Person("&".repeat(120) + i, name, picture, Gender.MALE);
        items.add(new Item(sender, "語".repeat(1_000), Digests.AT.minusSeconds(i)));
      }
      digest.with(new Group(type, events, events, items));
    }
    return digest.in(language);
  }
}
