package dev.whileaway.aggregator.edge.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.whileaway.aggregator.edge.rules.Found;
import dev.whileaway.aggregator.edge.rules.RefusedException;

/// Refuses query parameters of the API. No route takes any, and one that is silently left out, or
/// silently put into a request's body, would mislead.
final class QueryGuard {

  private static final String API = "/v1/";

  private QueryGuard() {}

  static HttpResponse serve(HttpService next, ServiceRequestContext ctx, HttpRequest request)
      throws Exception {
    if (ctx.path().startsWith(API) && !ctx.queryParams().isEmpty()) {
      String name = ctx.queryParams().names().iterator().next();
      throw RefusedException.of(
          JsonShape.bare(name), "expected no query parameter, but found " + Found.quote(name));
    }
    return next.serve(ctx, request);
  }
}
