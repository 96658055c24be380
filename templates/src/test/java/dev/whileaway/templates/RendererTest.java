package dev.whileaway.templates;

import static dev.whileaway.templates.Digests.EN;
import static dev.whileaway.templates.Digests.RU;
import static dev.whileaway.templates.Digests.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.Person.Gender;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {

  private static final Templates TEMPLATES = Templates.standard();
  private static final Renderer RENDERER = TEMPLATES.renderer();

  private static final Person ANNA = person("1", "Anna", Gender.FEMALE);
  private static final Person BORIS = person("2", "Boris", Gender.MALE);
  private static final Person CLARA = person("3", "Clara", Gender.FEMALE);
  private static final Person NAMELESS = person("4", " ", Gender.UNKNOWN);

  @ParameterizedTest
  @CsvSource({"ru,У вас", "ru-RU,У вас", "ru-Cyrl-KZ,У вас", "en-GB,You", "sw,You", "und,You"})
  void push_language_fallsBackToItsParentThenToTheDefault(String tag, String words) {
    var digest = Digests.of(TEMPLATES).with("visit", 2, 1, "", ANNA).with("match", 1, 1, "", BORIS);
    String mail = RENDERER.mail(digest.in(Locale.forLanguageTag(tag))).text();
    assertThat(mail).contains(words);
  }

  @Test
  void push_grouped_tellsTheWholeSummary() { // TRAPS 44
    var digest =
        Digests.of(TEMPLATES)
            .with("match", 1, 1, "", CLARA)
            .with("message", 5, 2, "Hello", ANNA, BORIS)
            .with("visit", 12, 9, "", BORIS)
            .in(EN);
    PushText push = RENDERER.push(digest);
    assertThat(push.body()).isEqualTo("1 match, 5 messages and 12 profile visits");
    assertThat(push.longBody()).contains("1 match, 5 messages and 12 profile visits");
    assertThat(push.badge()).isEqualTo(18);
    assertThat(push.link()).isEqualTo("https://example.com/?digest=digest-1");
  }

  @ParameterizedTest // TRAPS 31: never "1 others"
  @CsvSource({
    "1,Anna looked",
    "2,Anna and Boris looked",
    "3,'Anna, Boris and Clara looked'",
    "4,'Anna, Boris and 2 others looked'",
    "5,'Anna, Boris and 3 others looked'",
    "1002,'Anna, Boris and 1,000 others looked'",
  })
  void mail_senders_areASampleAndAnExactNumber(int senders, String expected) {
    Person[] known = {ANNA, BORIS, CLARA};
    Person[] people = java.util.Arrays.copyOf(known, Math.min(senders, 3));
    var digest = Digests.of(TEMPLATES).with("visit", senders, senders, "", people).in(EN);
    assertThat(RENDERER.mail(digest).subject()).startsWith(expected);
  }

  @Test
  void mail_threeSendersOfWhomOneIsKnown_countsTheOthersInTheSingular() {
    var digest = Digests.of(TEMPLATES).with("visit", 2, 2, "", ANNA, NAMELESS).in(EN);
    assertThat(RENDERER.mail(digest).subject())
        .isEqualTo("Anna and 1 other looked at your profile");
  }

  @Test
  void mail_namelessSender_hasAWordThatStandsIn() {
    var digest = Digests.of(TEMPLATES).with("visit", 1, 1, "", NAMELESS);
    assertThat(RENDERER.mail(digest.in(EN)).subject()).isEqualTo("Someone looked at your profile");
    assertThat(RENDERER.mail(digest.in(RU)).subject()).isEqualTo("Кто-то заходил на вашу страницу");
    assertThat(RENDERER.mail(digest.in(RU)).text()).contains("Пока вас не было, кто-то заходил");
  }

  @Test
  void mail_namelessSenders_areCounted() {
    var digest = Digests.of(TEMPLATES).with("visit", 5, 5, "", NAMELESS).in(EN);
    assertThat(RENDERER.mail(digest).subject()).isEqualTo("5 people looked at your profile");
  }

  @Test
  void mail_verbs_agreeWithTheSender() {
    var anna = Digests.of(TEMPLATES).with("visit", 1, 1, "", ANNA).in(RU);
    var boris = Digests.of(TEMPLATES).with("visit", 1, 1, "", BORIS).in(RU);
    assertThat(RENDERER.mail(anna).subject()).isEqualTo("Anna заходила на вашу страницу");
    assertThat(RENDERER.mail(boris).subject()).isEqualTo("Boris заходил на вашу страницу");
  }

  // TRAPS 31: one guest is no guests, beside messages too.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | 1 message, and you had a guest   | You have mail and a guest   | 1 message, and you had guests",
        "ru | 1 сообщение и 1 гость            | У вас сообщение и гость     | 1 сообщение и 2 гостя",
        "pl | 1 wiadomość i 1 wizyta           | Masz wiadomość i gościa     | 1 wiadomość i 2 wizyty",
        "ar | رسالة واحدة وزيارة واحدة           | لديك رسالة وزائر             | رسالة واحدة وزيارتان",
      })
  void render_oneEventOfEachType_isToldInTheSingular(
      String tag, String title, String heading, String titleOfTwo) {
    Locale locale = Locale.forLanguageTag(tag);
    var one =
        Digests.of(TEMPLATES).with("message", 1, 1, "Hi", ANNA).with("visit", 1, 1, "", BORIS);
    var two =
        Digests.of(TEMPLATES).with("message", 1, 1, "Hi", ANNA).with("visit", 2, 2, "", BORIS);
    assertThat(RENDERER.push(one.in(locale)).title()).isEqualTo(title);
    assertThat(RENDERER.mail(one.in(locale)).text()).startsWith(heading);
    assertThat(RENDERER.push(two.in(locale)).title()).isEqualTo(titleOfTwo);
  }

  // TRAPS 32: what nobody can see is no name.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u200B",
        "\u200D",
        "\u200C\u200D",
        "\u2060",
        "\u3164",
        "\u115F\u1160",
        "\uFFA0",
        "\u2800",
        "\uFE0F",
        "\u00AD",
        "\u034F",
        "\u0001\u001B",
        "\u3164 \u200D \u180E",
        "\uDB40\uDC67\uDB40\uDC7F"
      })
  void mail_invisibleName_isNone(String name) {
    var unseen = person("4", name, Gender.MALE);
    var digest = Digests.of(TEMPLATES).to(name).with("message", 1, 1, name, unseen);
    assertThat(RENDERER.mail(digest.in(EN)).subject()).isEqualTo("Someone sent you a message");
    assertThat(RENDERER.push(digest.in(EN)).body()).isEqualTo("Sent you a message");
    assertThat(RENDERER.mail(digest.in(RU)).text()).contains("Кто-то написал вам");
    var many = Digests.of(TEMPLATES).to(name).with("message", 2, 2, "", unseen, ANNA);
    assertThat(RENDERER.mail(many.in(EN)).subject()).isEqualTo("2 messages from Anna and 1 other");
    assertThat(RENDERER.mail(many.in(EN)).text()).startsWith("You have mail");
  }

  @Test
  void mail_invisibleAroundAName_leavesTheName() {
    var anna = person("1", "\u3164A\u200Dnna", Gender.FEMALE);
    var digest = Digests.of(TEMPLATES).with("visit", 1, 1, "", anna).in(EN);
    assertThat(RENDERER.mail(digest).subject()).contains("A\u200Dnna looked at your profile");
  }

  // TRAPS 31: two people may have one name, and never are they one other.
  @Test
  void mail_sendersOfTheSameName_areTwoPeople() {
    var other = person("5", "Anna", Gender.FEMALE);
    var two = Digests.of(TEMPLATES).with("visit", 2, 2, "", ANNA, other).in(EN);
    var three = Digests.of(TEMPLATES).with("visit", 3, 3, "", ANNA, other, BORIS).in(EN);
    assertThat(RENDERER.mail(two).subject()).startsWith("Anna and Anna looked");
    assertThat(RENDERER.mail(three).subject()).startsWith("Anna, Anna and Boris looked");
  }

  @Test
  void render_typesWithTextsOfTheirOwn_useThem() {
    var digest =
        Digests.of(TEMPLATES)
            .with("message", 2, 1, "Hi", ANNA)
            .with("visit", 1, 1, "", BORIS)
            .in(EN);
    assertThat(RENDERER.push(digest).body())
        .isEqualTo("Anna wrote to you; Boris looked at your profile");
  }

  // TRAPS 28
  @Test
  void render_nothingToTell_isRefused() {
    var empty = Digests.of(TEMPLATES).with("visit", 0, 0, "").in(EN);
    assertThatThrownBy(() -> RENDERER.push(empty)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RENDERER.mail(empty))
        .hasMessage("expected at least one event to tell, but found none in digest digest-1");
  }

  // TRAPS 28: a type whose events are gone leaves no trace in the digest of the others.
  @Test
  void render_groupWithoutEvents_isLeftOut() {
    var digest = Digests.of(TEMPLATES).with("match", 0, 0, "").with("visit", 1, 1, "", ANNA).in(EN);
    assertThat(RENDERER.mail(digest).subject()).isEqualTo("Anna looked at your profile");
  }

  @Test
  void push_variant_dependsOnTheDigestAlone() {
    var bodies = new HashSet<String>();
    Renderer other = Templates.standard().renderer();
    for (int i = 0; i < 64; i++) {
      var digest = Digests.of(TEMPLATES).id("digest-" + i).with("match", 1, 1, "", ANNA).in(EN);
      bodies.add(RENDERER.push(digest).body());
      assertThat(other.push(digest)).isEqualTo(RENDERER.push(digest));
    }
    assertThat(bodies).hasSize(2);
  }

  @Test
  void mail_data_mayBeAnObjectWithMembers() {
    String json = "{\"text\": \"Coming?\\r\\nYes\", \"secret\": \"no\"}";
    var digest = Digests.of(TEMPLATES).with("message", 1, 1, json, ANNA).in(EN);
    assertThat(RENDERER.mail(digest).text())
        .contains("Coming? Yes")
        .doesNotContain("secret", "no\"");
    assertThat(RENDERER.push(digest).body()).isEqualTo("Coming? Yes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{}", "{\"text\":{\"a\":[1]}}", "[1]", "null", "{\"text\":null}", "{{{"})
  void mail_dataThatIsNoSuchObject_isRenderedAllTheSame(String data) {
    var digest = Digests.of(TEMPLATES).with("message", 1, 1, data, ANNA).in(EN);
    assertThat(RENDERER.mail(digest).html()).contains("Anna");
  }

  @Test
  void mail_times_areTheRecipientsOwn() {
    var digest = Digests.of(TEMPLATES).with("visit", 1, 1, "", ANNA);
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    assertThat(RENDERER.mail(digest.in(Locale.US, tokyo)).text()).contains("Anna (3:30\u00A0AM)");
    assertThat(RENDERER.mail(digest.in(Locale.UK, tokyo)).text()).contains("Anna (03:30)");
    assertThat(RENDERER.mail(digest.in(RU, tokyo)).text()).contains("Anna (03:30)");
  }

  @Test
  void mail_eventsOfOtherDays_nameTheDay() {
    Group seen = Digests.of(TEMPLATES).with("visit", 1, 1, "", ANNA).in(EN).groups().getFirst();
    var items = new ArrayList<Item>();
    for (int hours : new int[] {18, 19, 200}) {
      items.add(new Item(ANNA, "", Digests.AT.minusSeconds(3600L * hours)));
    }
    var digest = Digests.of(TEMPLATES).with(new Group(seen.type(), 3, 1, items));
    assertThat(RENDERER.mail(digest.in(Locale.UK)).text())
        .contains("Anna (00:30)", "Anna (yesterday, 23:30)", "Anna (13 Nov, 10:30)");
    assertThat(RENDERER.mail(digest.in(RU)).text())
        .contains("Anna (вчера, 23:30)", "Anna (13 нояб., 10:30)");
  }

  @Test
  void mail_moreEventsThanRows_countsTheRestExactly() { // TRAPS 30
    var digest = Digests.of(TEMPLATES).with("message", 10_000, 1_021, "Hi", ANNA, BORIS).in(EN);
    MailText mail = RENDERER.mail(digest);
    assertThat(mail.text()).contains("and 9,994\u00A0more messages");
    assertThat(mail.subject()).isEqualTo("10,000 messages from Anna, Boris and 1,019 others");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ru"})
  void mail_everySample_staysBelowWhatMailboxesShow(String language) { // TRAPS 30
    Samples.of(TEMPLATES.catalogue(), Locale.forLanguageTag(language))
        .values()
        .forEach(digest -> {
          MailText mail = RENDERER.mail(digest);
          assertThat(bytes(mail.html())).isLessThanOrEqualTo(StandardRenderer.HTML_BYTES_MAX);
          assertThat(mail.html()).contains("lang=\"" + language + "\"", "color-scheme");
        });
  }

  // TRAPS 30
  @Test
  void render_longestData_staysWithinBounds() {
    String long4k = "\"&<'\\".repeat(800);
    Person wide = person("\"&<'>".repeat(25), "&\"'<>".repeat(40), Gender.UNKNOWN);
    var digest = Digests.of(TEMPLATES).to("&".repeat(256));
    for (EventType type : TEMPLATES.catalogue().types()) {
      digest.with(type.name(), 10_000, 1_000, long4k, wide, ANNA);
    }
    MailText mail = RENDERER.mail(digest.in(EN));
    assertThat(bytes(mail.html())).isLessThanOrEqualTo(StandardRenderer.HTML_BYTES_MAX);
    assertThat(mail.html()).contains("Unsubscribe");
  }

  @Test
  void push_longestData_fitsIntoFourKilobytesHoweverItIsEscaped() { // TRAPS 30
    for (String unit : List.of("\"", "\\", "я", "語", "👨‍👩‍👧‍👦", "Z\u0335\u0321\u0335")) {
      Person wide = person("&".repeat(128), unit.repeat(256 / bytes(unit)), Gender.UNKNOWN);
      String data = unit.repeat(4_096 / bytes(unit));
      for (EventType type : TEMPLATES.catalogue().types()) {
        var digest = Digests.of(TEMPLATES).with(type.name(), 3, 1, data, wide).in(RU);
        PushText push = RENDERER.push(digest);
        assertThat(escaped(push.title()) + escaped(push.body()) + push.link().length())
            .isLessThan(3_400);
        assertThat(escaped(push.longBody()) + push.link().length()).isLessThan(3_400);
      }
    }
  }

  /// The length of a JSON string in which all but plain ASCII is written \\uXXXX.
  private static int escaped(String text) {
    return text.chars().map(c -> c < 0x7F && c != '"' && c != '\\' ? 1 : c < 0x7F ? 2 : 6).sum();
  }

  // TRAPS 32, 46
  @ParameterizedTest
  @ValueSource(strings = {"en", "ru"})
  void mail_hostileData_staysText(String language) {
    MailText mail =
        RENDERER.mail(
            Samples.of(TEMPLATES.catalogue(), Locale.forLanguageTag(language)).get("hostile"));
    assertThat(mail.html())
        .doesNotContain("<script", "javascript:", "<mj-raw", "\u0000", "\u202E", "\"><b>")
        .contains("&lt;script&gt;", "&lt;mj-raw&gt;", "{{ product }} {% for x in y %}");
    assertThat(mail.subject()).doesNotContainPattern("[\\p{Cc}]");
    assertThat(mail.text()).doesNotContain("\u0000", "\r", "\u202E").contains("{{ product }}");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(mail.html() + mail.text())).isTrue();
  }

  @Test
  void mail_pictures_areLoadedFromTheWebOnly() {
    for (String url :
        List.of(
            "javascript:alert(1)", "data:image/png;base64,AA", "https://x/\"onload=\"y", "/p")) {
      var sender = new Person("1", "Anna", url, Gender.FEMALE);
      var digest = Digests.of(TEMPLATES).with("visit", 1, 1, "", sender).in(EN);
      assertThat(RENDERER.mail(digest).html()).doesNotContain("<img");
    }
    var sender = new Person("1", "Anna", "https://example.com/a.jpg?w=40&h=40", Gender.FEMALE);
    var digest = Digests.of(TEMPLATES).with("visit", 1, 1, "", sender).in(EN);
    assertThat(RENDERER.mail(digest).html())
        .contains("src=\"https://example.com/a.jpg?w=40&amp;h=40\"", "alt=\"A\"");
  }

  @Test
  void mail_rightToLeftName_isIsolated() { // TRAPS 32
    var digest =
        Digests.of(TEMPLATES).with("visit", 1, 1, "", person("1", "דנה", Gender.FEMALE)).in(EN);
    assertThat(RENDERER.mail(digest).subject()).isEqualTo("\u2068דנה\u2069 looked at your profile");
  }

  @Test
  void links_ids_cannotChangeWhereTheyLead() {
    var digest =
        Digests.of(TEMPLATES)
            .with("visit", 1, 1, "", person("../a?b#c/ü &", "Anna", Gender.FEMALE))
            .in(EN);
    assertThat(RENDERER.push(digest).link())
        .isEqualTo("https://example.com/people/..%2Fa%3Fb%23c%2F%C3%BC%20%26");
  }

  @Test
  void mail_html_closesWhatItOpens() {
    for (DigestContent digest : Samples.of(TEMPLATES.catalogue(), EN).values()) {
      String html = RENDERER.mail(digest).html().replaceAll("(?s)<!--.*?-->", "");
      for (String tag : List.of("table", "tbody", "tr", "td", "div", "a", "p")) {
        assertThat(count(html, "<" + tag + "[ >]"))
            .as(tag)
            .isEqualTo(count(html, "</" + tag + ">"));
      }
      assertThat(count(html, "<a [^>]*display:\\s*inline-block")).as("buttons").isEqualTo(1);
    }
  }

  // TRAPS 45
  @Test
  void render_byManyThreads_givesEqualResults() throws Exception {
    var digests = new ArrayList<DigestContent>();
    for (Locale locale : List.of(EN, RU)) {
      digests.addAll(Samples.of(TEMPLATES.catalogue(), locale).values());
    }
    List<Object> expected = digests.stream().map(RendererTest::both).toList();
    try (var pool = Executors.newFixedThreadPool(8)) {
      var runs =
          pool.invokeAll(
              java.util.Collections.nCopies(
                  64, () -> digests.stream().map(RendererTest::both).toList()));
      for (var run : runs) {
        assertThat(run.get()).isEqualTo(expected);
      }
    }
  }

  private static Object both(DigestContent digest) {
    return List.of(RENDERER.push(digest), RENDERER.mail(digest));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static long count(String html, String regex) {
    return Pattern.compile(regex).matcher(html).results().count();
  }
}
