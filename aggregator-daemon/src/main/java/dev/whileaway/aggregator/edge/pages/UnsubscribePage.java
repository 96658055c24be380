package dev.whileaway.aggregator.edge.pages;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.whileaway.templates.Pages.Page;
import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.v1.Profile;
import java.util.Locale;

/// One click, and the user gets no more mails (RFC 8058): a POST acts, whoever sends it, a
/// mailbox's own button or ours. A GET only shows ours, since scanners open every link of a mail.
///
/// The body is not read: the link says all, and mailboxes differ in how they encode
/// `List-Unsubscribe=One-Click`. Doing it twice is doing it once.
final class UnsubscribePage implements UserPage {

  private final UserPages pages;
  private final UserProfiles profiles;

  UnsubscribePage(UserPages pages, UserProfiles profiles) {
    this.pages = pages;
    this.profiles = profiles;
  }

  @Override
  public HttpResponse answer(Profile profile, AggregatedHttpRequest request, boolean posted) {
    var preferences = profile.getPreferences();
    if (preferences.getEmailOff()) {
      return say(Page.UNSUBSCRIBED, profile);
    }
    if (!posted) {
      return say(Page.UNSUBSCRIBE, profile);
    }
    profiles.set(profile.getUser(), preferences.toBuilder().setEmailOff(true).build());
    return say(Page.UNSUBSCRIBED, profile);
  }

  private HttpResponse say(Page page, Profile profile) {
    var locale = Locale.forLanguageTag(profile.getLocale());
    var choose = pages.links().of(profile.getUser(), Scope.PREFERENCES);
    return Html.of(HttpStatus.OK, pages.pages().html(page, locale, choose));
  }
}
