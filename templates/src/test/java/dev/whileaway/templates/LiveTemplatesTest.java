package dev.whileaway.templates;

import static dev.whileaway.templates.Digests.EN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.templates.Pages.Page;
import dev.whileaway.templates.Person.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTemplatesTest {

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
        .hasMessageStartingWith(EN_TEXTS + ":" + folder.lineOf(EN_TEXTS, "{nmae}") + ": expected");
    assertThat(subject(live.templates())).isEqualTo("Anna looked at your profile");

    folder.replace(EN_TEXTS, "subject: \"{nmae} looked at", "subject: \"{name} peeped at");
    live.reload();
    assertThat(subject(live.templates())).isEqualTo("Anna peeped at your profile");
  }

  @Test
  void reload_otherEventTypes_isRefused_sinceTheShardsScheduleByThem() throws Exception {
    folder.replace("catalogue.yaml", "window: 30m", "window: 31m");
    folder.replace(EN_TEXTS, "subject: \"{name} looked at", "subject: \"{name} peeped at");

    assertThatThrownBy(live::reload)
        .hasMessageContainingAll("catalogue.yaml:1: expected", "restart", "but found", "PT31M");
    assertThat(subject(live.templates())).isEqualTo("Anna looked at your profile");
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
