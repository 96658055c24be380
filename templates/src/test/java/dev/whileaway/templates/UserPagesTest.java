package dev.whileaway.templates;

import static dev.whileaway.templates.Digests.EN;
import static dev.whileaway.templates.Digests.RU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.Pages.Choices;
import dev.whileaway.templates.Pages.Page;
import dev.whileaway.templates.Person.Gender;
import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.templates.token.UserLinks;
import dev.whileaway.templates.token.UserLinks.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where mails lead their readers, and what these find there.
class UserPagesTest {

  private static final UserLinks LINKS =
      new UserLinks("https://mail.example.org", KeyRing.of(List.of("k".repeat(32))));

  @Test
  void mail_withLinksOfOurs_leadsToThem_inBothParts() {
    Templates templates = Templates.standard(Optional.of(LINKS));
    DigestContent digest = digest(templates);
    var user = digest.recipient().id();

    MailText mail = templates.renderer().mail(digest);

    assertThat(mail.oneClick()).isEqualTo(LINKS.of(user, Scope.UNSUBSCRIBE));
    for (var part : List.of(mail.html(), mail.text())) {
      assertThat(part)
          .contains(LINKS.of(user, Scope.UNSUBSCRIBE), LINKS.of(user, Scope.PREFERENCES))
          .doesNotContain("/unsubscribe?digest", "/settings/notifications");
    }
  }

  @Test
  void mail_withoutLinksOfOurs_leadsToTheProductsPages() {
    Templates templates = Templates.standard();

    MailText mail = templates.renderer().mail(digest(templates));

    assertThat(mail.oneClick()).isEmpty();
    assertThat(mail.text()).contains("/unsubscribe?digest", "/settings/notifications");
  }

  @Test
  void page_speaksTheNearestLanguage_andItsProduct() {
    Pages pages = Templates.standard().pages();

    assertThat(pages.html(Page.UNSUBSCRIBE, Locale.forLanguageTag("ru-RU"), ""))
        .contains("<html lang=\"ru\"", "Больше не получать письма от Whileaway?");
    assertThat(pages.html(Page.GONE, Locale.forLanguageTag("sw"), ""))
        .contains("<html lang=\"en\"", "Nothing to do")
        .doesNotContain("<form", "<a href=\"\"");
    assertThat(
            pages.preferences(new Choices(true, false, pages.types(), Set.of("visit"), false), RU))
        .contains("Русский", "Просмотры анкеты")
        .doesNotContain("Сохранено");
  }

  @Test
  void page_thatNamesWhatIsNotThere_isRefusedWithItsPlace(@TempDir Path folder) throws IOException {
    TemplatesFolder templates = TemplatesFolder.copyTo(folder);
    templates.replace("layouts/preferences.html", "{{ type.label }}", "{{ type.lable }}");

    templates.expectRefusal(
        "layouts/preferences.html",
        templates.lineOf("layouts/preferences.html", "type.lable"),
        "lable");
  }

  @Test
  void page_withoutItsText_isRefused(@TempDir Path folder) throws IOException {
    TemplatesFolder templates = TemplatesFolder.copyTo(folder);
    templates.replace("texts/ru.yaml", "  refused:", "  refuzed:");

    templates.expectRefusal(
        "texts/ru.yaml", templates.lineOf("texts/ru.yaml", "refuzed"), "pages.refuzed");
  }

  private static DigestContent digest(Templates templates) {
    return Digests.of(templates)
        .with("match", 1, 1, "", Digests.person("2", "Boris", Gender.MALE))
        .in(EN);
  }
}
