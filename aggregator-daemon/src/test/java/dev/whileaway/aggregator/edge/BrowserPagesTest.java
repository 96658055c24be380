package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.testkit.browser.Browser;
import dev.whileaway.testkit.browser.ReaderTab;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages as readers use them: in a real browser, by mouse and keyboard, with scripts off.
class BrowserPagesTest {

  private static final String SCRIPTED =
      "data:text/html,<p>off</p><script>document.querySelector('p').textContent='on'</script>";
  private static final int ARROW_DOWN = 40;

  @TempDir private static Path folder;
  private static PageFixture pages;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    var program = Browser.find(System.getenv());
    assumeTrue(program.isPresent(), "skipped: expected Chromium (Debian: chromium)");
    pages = new PageFixture();
    browser = Browser.start(program.get(), folder);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (pages != null) {
      pages.close();
    }
  }

  @Test
  void choices_clickedAndSaved_areStored_andShownInTheLanguageThatWasChosen() throws Exception {
    pages.put(Profile.newBuilder().setUser("anna").setName("Anna").setLocale("en").build());
    try (var page = pageWithoutScripts()) {
      page.open(pages.address("anna", Scope.PREFERENCES));
      assertThat(page.html()).contains("<html lang=\"en\"");

      page.click("input[name=email]");
      page.click("input[name=type][value=visit]");
      page.press("select[name=language]", "ArrowDown", ARROW_DOWN);
      page.clickThrough("button[type=submit]");

      assertThat(page.html()).contains("<html lang=\"ru\"", "Сохранено");
      assertThat(pages.profile("anna").getLocale()).isEqualTo("ru");
      assertThat(pages.profile("anna").getPreferences())
          .isEqualTo(Preferences.newBuilder().setEmailOff(true).addMutedTypes("visit").build());

      page.click("input[name=email]");
      page.clickThrough("button[type=submit]");

      assertThat(pages.profile("anna").getPreferences())
          .isEqualTo(Preferences.newBuilder().addMutedTypes("visit").build());
    }
  }

  @Test
  void unsubscribing_takesOneClick_andShowsTheWayToTheChoices() throws Exception {
    pages.put(Profile.newBuilder().setUser("boris").setLocale("en").build());
    try (var page = pageWithoutScripts()) {
      page.open(pages.address("boris", Scope.UNSUBSCRIBE));
      assertThat(pages.profile("boris").getPreferences().getEmailOff()).isFalse();

      page.clickThrough("button");

      assertThat(page.html())
          .contains("You are unsubscribed", pages.links.of("boris", Scope.PREFERENCES));
      assertThat(pages.profile("boris").getPreferences().getEmailOff()).isTrue();
    }
  }

  private static ReaderTab pageWithoutScripts() {
    var page = browser.read();
    page.open(SCRIPTED);
    assertThat(page.html()).contains("<p>off</p>");
    return page;
  }
}
