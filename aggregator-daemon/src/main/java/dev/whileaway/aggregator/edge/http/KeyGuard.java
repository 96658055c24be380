package dev.whileaway.aggregator.edge.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.whileaway.aggregator.edge.auth.ApiKeys;
import dev.whileaway.aggregator.edge.auth.AuthInterceptor;
import dev.whileaway.templates.token.UserLinks.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Asks for an API key before a request is even parsed, if any are configured. What the key may do
/// is asked later, where the method is known. `/health` is open: probes have no keys. So are the
/// pages behind the links of mails, which prove themselves.
///
/// Browsers cannot send a Bearer header by themselves, so the pages for people take the key as the
/// password of Basic authentication too. The API does not: a browser that remembers a password
/// sends it along with requests that another site makes.
final class KeyGuard {

  private static final String BASIC = "Basic ";

  private final ApiKeys keys;

  KeyGuard(ApiKeys keys) {
    this.keys = keys;
  }

  HttpResponse serve(HttpService next, ServiceRequestContext ctx, HttpRequest request)
      throws Exception {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    if (keys.open() || forAll(ctx.path()) || known(header, ctx.path())) {
      return next.serve(ctx, request);
    }
    throw AuthInterceptor.unauthenticated(header != null);
  }

  private static boolean forAll(String path) {
    return path.equals("/health")
        || Arrays.stream(Scope.values()).anyMatch(scope -> path.startsWith(scope.path()));
  }

  private boolean known(@Nullable String header, String path) {
    if (header == null) {
      return false;
    }
    return keys.ofHeader(header).isPresent() || (forPeople(path) && basic(header));
  }

  static boolean forPeople(String path) {
    return path.equals("/") || path.equals("/metrics") || path.startsWith("/docs/");
  }

  private boolean basic(String header) {
    if (!header.startsWith(BASIC)) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String credentials = new String(decoded, StandardCharsets.UTF_8);
      return keys.find(credentials.substring(credentials.indexOf(':') + 1)).isPresent();
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
