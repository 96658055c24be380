package dev.whileaway.aggregator.edge.pages;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.whileaway.templates.Pages.Page;
import dev.whileaway.templates.token.UserLinks.Scope;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the pages on the HTTP port. What they have in common is here: whose link it is, whether
/// there still is such a user, and what to say if not.
public final class PageDoor {

  private static final Logger LOG = LoggerFactory.getLogger(PageDoor.class);

  private static final int BODY_BYTES_MAX = 16 * 1024;
  private static final String TOKEN = "token";

  private final UserPages pages;
  private final UserProfiles profiles;
  private final Map<Scope, UserPage> byScope = new EnumMap<>(Scope.class);

  /// @param api of the daemon, without a key
  public PageDoor(UserPages pages, Channel api) {
    this.pages = pages;
    this.profiles = new UserProfiles(api, pages.pages().types());
    byScope.put(Scope.UNSUBSCRIBE, new UnsubscribePage(pages, profiles));
    byScope.put(Scope.PREFERENCES, new PreferencesPage(pages.pages(), profiles));
  }

  public void addTo(ServerBuilder server) {
    byScope.forEach((scope, page) ->
        server
            .route()
            .path(scope.path() + "{" + TOKEN + "}")
            .methods(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST)
            .maxRequestLength(BODY_BYTES_MAX)
            .errorHandler((_, cause) -> tooLarge(Exceptions.peel(cause)))
            .build(
                (ctx, request) -> HttpResponse.of(later(ctx, request.aggregate(), scope, page))));
  }

  /// Calls of the API block: not on the event loop.
  private CompletionStage<HttpResponse> later(
      ServiceRequestContext ctx,
      CompletionStage<AggregatedHttpRequest> request,
      Scope scope,
      UserPage page) {
    var token = String.valueOf(ctx.pathParam(TOKEN));
    return request.thenApplyAsync(
        whole -> answer(whole, token, scope, page), ctx.blockingTaskExecutor());
  }

  private HttpResponse answer(
      AggregatedHttpRequest request, String token, Scope scope, UserPage page) {
    var user = pages.links().user(token, scope);
    if (user.isEmpty()) {
      return say(HttpStatus.FORBIDDEN, Page.REFUSED);
    }
    try {
      var profile = profiles.of(user.get());
      return profile.isEmpty()
          ? say(HttpStatus.OK, Page.GONE)
          : page.answer(profile.get(), request, request.method() == HttpMethod.POST);
    } catch (StatusRuntimeException e) {
      // A mailbox that asked for it asks again, if it is told so.
      LOG.warn("expected to serve a page of a user, but found: {}", e.getMessage());
      return say(HttpStatus.SERVICE_UNAVAILABLE, Page.LATER);
    }
  }

  /// A form of ours is small. Whoever sent more is shown a page too, not the API's JSON.
  private @Nullable HttpResponse tooLarge(Throwable cause) {
    boolean tooLarge =
        cause instanceof ContentTooLargeException
            || cause instanceof HttpStatusException early
                && early.httpStatus().equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
    return tooLarge ? say(HttpStatus.REQUEST_ENTITY_TOO_LARGE, Page.LATER) : null;
  }

  /// To nobody who is known.
  private HttpResponse say(HttpStatus status, Page page) {
    return Html.of(status, pages.pages().html(page, Locale.ROOT, ""));
  }
}
