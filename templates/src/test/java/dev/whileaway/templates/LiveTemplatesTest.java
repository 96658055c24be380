package dev.whileaway.templates;

import static dev.whileaway.templates.Digests.EN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.templates.Pages.Page;
import dev.whileaway.templates.Person.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTemplatesTest {

  private static final String CATALOGUE = "catalogue.yaml";
  private static final String EN_TEXTS = "texts/en.yaml";

  @TempDir Path temp;
  private TemplatesFolder folder;
  private LiveTemplates live;

  @BeforeEach
  void load() throws Exception {
    folder = TemplatesFolder.copyTo(temp);
    live = LiveTemplates.of(folder::load);
  }

  @Test
  void reload_changedTexts_areSaidByWhatWasHandedOut() throws Exception {
    Templates handedOut = live.templates();
    assertThat(subject(handedOut)).isEqualTo("Anna looked at your profile");

    folder.replace(EN_TEXTS, "subject: \"{name} looked at your profile\"", "subject: \"{name}!\"");
    folder.replace(EN_TEXTS, "\"Nothing to do\"", "\"All is well\"");
    assertThat(subject(handedOut)).isEqualTo("Anna looked at your profile");
    live.reload();

    assertThat(subject(handedOut)).isEqualTo("Anna!");
    assertThat(handedOut.pages().html(Page.GONE, EN, "")).contains("All is well");
  }

  @Test
  void reload_brokenEdit_keepsTheLastGoodVersion_andNamesTheLine() throws Exception {
    folder.replace(EN_TEXTS, "subject: \"{name} looked at", "subject: \"{nmae} looked at");

    assertThatThrownBy(live::reload)
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(
            EN_TEXTS
                + ":"
                + folder.lineOf(EN_TEXTS, "{nmae}")
                + ": types.visit.mail.from-one[1].subject: expected");
    assertThat(subject(live.templates())).isEqualTo("Anna looked at your profile");

    folder.replace(EN_TEXTS, "subject: \"{nmae} looked at", "subject: \"{name} peeped at");
    live.reload();
    assertThat(subject(live.templates())).isEqualTo("Anna peeped at your profile");
  }

  @Test
  void reload_changedTypes_waitForARestart_andTheTextsOfTheEditDoNot() throws Exception {
    folder.replace(CATALOGUE, "window: 30m", "window: 90m");
    folder.replace(CATALOGUE, "urgent: true", "urgent: false");
    folder.replace(CATALOGUE, "expires-after: 14d", "expires-after: 36h");
    folder.replace(CATALOGUE, "id: 2", "id: 9");
    folder.replace(EN_TEXTS, "subject: \"{name} looked at", "subject: \"{name} peeped at");

    assertThat(live.reload())
        .containsExactly(
            "catalogue.yaml: types.match.urgent is false, and runs as true",
            "catalogue.yaml: types.match.window is 90m, and runs as 30m",
            "catalogue.yaml: types.match.expires-after is 36h, and runs as 14d",
            "catalogue.yaml: types.visit.id is 9, and runs as 2");
    assertThat(subject(live.templates())).isEqualTo("Anna peeped at your profile");
    assertThat(live.templates().catalogue().type("visit").orElseThrow().id()).isEqualTo(2);

    folder.replace(EN_TEXTS, "{name} peeped at", "{name} glanced at");
    assertThat(live.reload()).hasSize(4);
    assertThat(subject(live.templates())).isEqualTo("Anna glanced at your profile");
  }

  @Test
  void reload_newType_isNotOfferedBeforeTheRestart() throws Exception {
    folder.addType("wink", 5, "visit");

    assertThat(live.reload()).containsExactly("catalogue.yaml: types.wink is new");
    Pages pages = live.templates().pages();
    assertThat(pages.types()).containsExactly("match", "message", "favourite", "visit");
    var choices = new Pages.Choices(true, true, pages.types(), Set.of(), false);
    assertThat(pages.preferences(choices, EN)).contains("\"visit\"").doesNotContain("wink");
    assertThat(subject(live.templates())).isEqualTo("Anna looked at your profile");
  }

  @Test
  void reload_typeThatIsGone_isRefused_untilItIsBack() throws Exception {
    folder.addType("wink", 5, "visit");
    var running = LiveTemplates.of(folder::load);
    folder.replace(CATALOGUE, "  wink:", "  blink:");
    folder.replaceInTexts("  wink:", "  blink:");

    assertThatThrownBy(running::reload)
        .hasMessage(
            "catalogue.yaml:1: expected each type with which the program runs, but found no wink;"
                + " put back what is missing, or restart to do without");

    folder.replace(CATALOGUE, "  blink:", "  wink:");
    folder.replaceInTexts("  blink:", "  wink:");
    folder.replace(EN_TEXTS, "subject: \"{name} looked at", "subject: \"{name} peeped at");
    assertThat(running.reload()).isEmpty();
    assertThat(subject(running.templates())).isEqualTo("Anna peeped at your profile");
  }

  @Test
  void reload_otherOrder_waits() throws Exception {
    folder.moveBehind("match", "message");

    assertThat(live.reload()).containsExactly("catalogue.yaml: types stand in another order");
    assertThat(live.templates().catalogue().names()).isEqualTo("match, message, favourite, visit");
  }

  /// Two texts of a mail say the same letter in each version: a mail of two versions would mix.
  @Test
  void mail_whileVersionsChange_isOfOneVersion() throws Exception {
    Templates a = version("A", "B");
    Templates b = version("B", "A");
    var turn = new AtomicBoolean();
    var changing = LiveTemplates.of(() -> turn.getAndSet(!turn.get()) ? b : a);
    var stop = new AtomicBoolean();
    var reloader =
        Thread.ofPlatform()
            .start(() -> {
              while (!stop.get()) {
                try {
                  changing.reload();
                } catch (TemplateException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    try {
      for (int i = 0; i < 2_000; i++) {
        MailText mail = changing.templates().renderer().mail(visit(changing.templates()));
        assertThat(mail.text())
            .contains(mail.subject() + " leads")
            .contains(mail.subject() + " heads");
      }
    } finally {
      stop.set(true);
      reloader.join();
    }
  }

  private Templates version(String letter, String before) throws IOException, TemplateException {
    boolean first = letter.equals("A");
    replaceMail("subject", first ? "{name} looked at your profile" : before, letter);
    replaceMail("heading", first ? "You had a visitor" : before + " heads", letter + " heads");
    replaceMail(
        "lead",
        first ? "{name} looked at your profile while you were away." : before + " leads",
        letter + " leads");
    return folder.load();
  }

  private void replaceMail(String field, String old, String words) throws IOException {
    folder.replace(EN_TEXTS, field + ": \"" + old + "\"", field + ": \"" + words + "\"");
  }

  private static String subject(Templates templates) {
    return templates.renderer().mail(visit(templates)).subject();
  }

  private static DigestContent visit(Templates templates) {
    return Digests.of(templates)
        .with("visit", 1, 1, "", Digests.person("1", "Anna", Gender.FEMALE))
        .in(EN);
  }
}
