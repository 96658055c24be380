package dev.whileaway.aggregator.edge.pages;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.whileaway.templates.Pages.Page;
import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.v1.Profile;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One click, and the user gets no more mails (RFC 8058): a POST acts, whoever sends it, a
/// mailbox's own button or ours. A GET only shows ours, since scanners open every link of a mail.
///
/// The body is not read: the link says all, and mailboxes differ in how they encode
/// `List-Unsubscribe=One-Click`. Doing it twice is doing it once.
public final class UnsubscribePage implements HttpService {

  private static final Logger LOG = LoggerFactory.getLogger(UnsubscribePage.class);

  private static final int BODY_BYTES_MAX = 16 * 1024;
  private static final String TOKEN = "token";

  private final UserPages pages;
  private final UserProfiles profiles;

  public UnsubscribePage(UserPages pages, Channel api) {
    this.pages = pages;
    this.profiles = new UserProfiles(api);
  }

  public void addTo(ServerBuilder server) {
    server
        .route()
        .path(Scope.UNSUBSCRIBE.path() + "{" + TOKEN + "}")
        .methods(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST)
        .maxRequestLength(BODY_BYTES_MAX)
        .build(this);
  }

  /// Calls of the API block: not on the event loop.
  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    CompletionStage<AggregatedHttpRequest> whole = request.aggregate();
    var token = String.valueOf(ctx.pathParam(TOKEN));
    return HttpResponse.of(
        whole.thenApplyAsync(read -> answer(read, token), ctx.blockingTaskExecutor()));
  }

  private HttpResponse answer(AggregatedHttpRequest request, String token) {
    var user = pages.links().user(token, Scope.UNSUBSCRIBE);
    if (user.isEmpty()) {
      return page(HttpStatus.FORBIDDEN, Page.REFUSED, Locale.ROOT);
    }
    try {
      return answer(request.method() == HttpMethod.POST, user.get());
    } catch (StatusRuntimeException e) {
      // A mailbox that asked for it asks again, if it is told so.
      LOG.warn("expected to unsubscribe a user, but found: {}", e.getMessage());
      return page(HttpStatus.SERVICE_UNAVAILABLE, Page.LATER, Locale.ROOT);
    }
  }

  private HttpResponse answer(boolean acting, String user) {
    Optional<Profile> profile = profiles.of(user);
    if (profile.isEmpty()) {
      return page(HttpStatus.OK, Page.GONE, Locale.ROOT);
    }
    var locale = Locale.forLanguageTag(profile.get().getLocale());
    var preferences = profile.get().getPreferences();
    if (!acting && !preferences.getEmailOff()) {
      return page(HttpStatus.OK, Page.UNSUBSCRIBE, locale);
    }
    if (!preferences.getEmailOff()) {
      profiles.set(user, preferences.toBuilder().setEmailOff(true).build());
    }
    return page(HttpStatus.OK, Page.UNSUBSCRIBED, locale);
  }

  /// The link is a secret of its user: it goes neither into caches nor to the next page.
  private HttpResponse page(HttpStatus status, Page page, Locale locale) {
    var headers =
        ResponseHeaders.builder(status)
            .contentType(MediaType.HTML_UTF_8)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .set(
                HttpHeaderNames.CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri"
                    + " 'none'; frame-ancestors 'none'")
            .build();
    return HttpResponse.of(headers, HttpData.ofUtf8(pages.pages().html(page, locale)));
  }
}
