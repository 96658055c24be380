package dev.whileaway.ops.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.Person;
import dev.whileaway.templates.Samples;
import dev.whileaway.templates.Templates;
import dev.whileaway.testkit.browser.Browser;
import dev.whileaway.testkit.browser.BrowserPage;
import dev.whileaway.testkit.browser.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Mails as a real browser lays them out: narrow and wide, light and dark, in languages that run
/// either way. It measures, and compares no pixels: fonts differ from machine to machine. Without
/// Chromium it is skipped, and says so.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailInBrowserTest {

  private static final Templates TEMPLATES = Templates.standard();

  private static final String UNBROKEN = "unbroken";

  /// WCAG 2.2: text on its background (1.4.3), and the smallest target of a finger (2.5.8, with
  /// room to spare).
  private static final double CONTRAST_MIN = 4.5;

  private static final int TAP_MIN = 44;
  private static final int FONT_SIZE_MIN = 13;

  private Browser browser;
  private String measure;
  private final Map<Case, JsonNode> seen = new HashMap<>();

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Optional<Path> program = Browser.find(System.getenv());
    assumeTrue(
        program.isPresent(),
        "skipped: expected Chromium or Chrome on the PATH or in "
            + Browser.VARIABLE
            + ", but found none");
    browser = Browser.start(program.get(), folder);
    try (InputStream in = getClass().getResourceAsStream("/browser/measure.js")) {
      measure = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  record Case(String sample, String language, Screen screen) {

    @Override
    public String toString() {
      return sample + " " + language + " " + screen.name();
    }
  }

  static Stream<Case> cases() {
    return Stream.of("grouped", "single-message", "huge", "hostile", UNBROKEN)
        .flatMap(sample ->
            Stream.of("en", "ar")
                .flatMap(language -> screens().map(screen -> new Case(sample, language, screen))));
  }

  private static Stream<Screen> screens() {
    return Stream.of(
        new Screen(320, false),
        new Screen(320, true),
        new Screen(600, false),
        new Screen(600, true));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mail_everywhere_isWhollySeen_andCanBeRead(Case shown) {
    JsonNode seen = seen(shown);
    int width = shown.screen().width();

    assertThat(seen.get("pageWidth").asInt()).as("no scrolling sideways").isEqualTo(width);
    assertThat(seen.get("texts")).hasSizeGreaterThan(8);
    for (JsonNode text : seen.get("texts")) {
      String words = text.get("text").asText();
      assertThat(text.get("left").asDouble()).as(words).isGreaterThanOrEqualTo(0);
      assertThat(text.get("right").asDouble()).as(words).isLessThanOrEqualTo(width);
      assertThat(text.get("cut").asBoolean()).as("cut: %s", words).isFalse();
      assertThat(text.get("contrast").asDouble()).as(words).isGreaterThanOrEqualTo(CONTRAST_MIN);
      assertThat(text.get("size").asInt()).as(words).isGreaterThanOrEqualTo(FONT_SIZE_MIN);
    }
    assertThat(seen.get("buttonHeight").asInt()).isGreaterThanOrEqualTo(TAP_MIN);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mail_inTheDark_isDark_andLightInTheLight(Case shown) {
    JsonNode seen = seen(shown);
    double back = seen.get("back").asDouble();
    double card = seen.get("card").asDouble();
    if (shown.screen().dark()) {
      assertThat(List.of(back, card)).allSatisfy(each -> assertThat(each).isLessThan(0.02));
    } else {
      assertThat(List.of(back, card)).allSatisfy(each -> assertThat(each).isGreaterThan(0.85));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mail_runsAsItsLanguageDoes(Case shown) {
    JsonNode seen = seen(shown);
    boolean rightToLeft = shown.language().equals("ar");
    assertThat(seen.get("lang").asText()).isEqualTo(shown.language());
    assertThat(seen.get("dir").asText()).isEqualTo(rightToLeft ? "rtl" : "ltr");
    JsonNode heading = text(seen, mail(shown).heading());
    double middle = shown.screen().width() / 2.0;
    double toTheLeft = heading.get("left").asDouble();
    double toTheRight = shown.screen().width() - heading.get("right").asDouble();
    assertThat(rightToLeft ? toTheRight : toTheLeft)
        .as("begins at its edge")
        .isLessThan(middle / 4);
    assertThat(heading.get("direction").asText()).isEqualTo(rightToLeft ? "rtl" : "ltr");
  }

  private record Mail(String html, String heading) {}

  private static Mail mail(Case shown) {
    var samples = Samples.of(TEMPLATES.catalogue(), Locale.forLanguageTag(shown.language()));
    DigestContent digest =
        shown.sample().equals(UNBROKEN)
            ? unbroken(samples.get("single-message"))
            : samples.get(shown.sample());
    var mail = TEMPLATES.renderer().mail(digest);
    return new Mail(mail.html(), mail.text().lines().findFirst().orElseThrow());
  }

  /// The same digest by people whose names, and messages, are one long word.
  private static DigestContent unbroken(DigestContent digest) {
    var sender = new Person("1", "W".repeat(100), "", Person.Gender.FEMALE);
    Group group = digest.groups().getFirst();
    List<Item> items =
        group.items().stream().map(item -> new Item(sender, "w".repeat(300), item.at())).toList();
    return new DigestContent(
        digest.digestId(),
        sender,
        digest.locale(),
        digest.zone(),
        digest.at(),
        List.of(new Group(group.type(), group.events(), group.senders(), items)));
  }

  private JsonNode seen(Case shown) {
    return seen.computeIfAbsent(shown, this::measured);
  }

  private JsonNode measured(Case shown) {
    try (BrowserPage page = browser.show(mail(shown).html(), shown.screen())) {
      return page.evaluate(measure);
    }
  }

  /// Numbers and their nouns are held together by other spaces than in plain text.
  private static JsonNode text(JsonNode seen, String words) {
    for (JsonNode text : seen.get("texts")) {
      if (text.get("text").asText().replace('\u00A0', ' ').equals(words.replace('\u00A0', ' '))) {
        return text;
      }
    }
    throw new AssertionError("expected to see '" + words + "' in " + seen.get("order"));
  }
}
