package dev.whileaway.aggregator.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.whileaway.aggregator.edge.rules.Found;
import dev.whileaway.aggregator.edge.rules.RefusedException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Looks at a JSON body before the transcoder does, which merges path and body: where they name
/// different users, the path would win without a word.
final class BodyGuard {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// The one name that a path shares with bodies: `/v1/users/{user}` and the fields `user`.
  private static final String SHARED = "user";

  private BodyGuard() {}

  static HttpResponse serve(HttpService next, ServiceRequestContext ctx, HttpRequest request)
      throws Exception {
    MediaType type = request.contentType();
    if (type == null || !type.isJson()) {
      return next.serve(ctx, request);
    }
    return HttpResponse.of(request.aggregate().thenApply(whole -> serveWhole(next, ctx, whole)));
  }

  private static HttpResponse serveWhole(
      HttpService next, ServiceRequestContext ctx, AggregatedHttpRequest request) {
    requireObject(request);
    Iterator<String> inPath = ctx.pathParams().values().iterator();
    if (inPath.hasNext()) {
      requireSame(inPath.next(), parse(request), ctx.path());
    }
    try {
      return next.serve(ctx, request.toHttpRequest());
    } catch (Exception e) {
      return Exceptions.throwUnsafely(e);
    }
  }

  /// By its first character: whether it is whole is found out where it is read.
  private static void requireObject(AggregatedHttpRequest request) {
    String body = request.contentUtf8().stripLeading();
    if (!body.isEmpty() && body.charAt(0) != '{') {
      throw RefusedException.of(
          "", "expected a JSON object, but found " + Found.quote(body.strip()));
    }
  }

  private static void requireSame(String inPath, @Nullable JsonNode body, String path) {
    JsonNode inBody = body == null ? null : body.get(SHARED);
    if (inBody == null || inBody.isNull()) {
      return;
    }
    if (!inBody.isTextual() || !inBody.asText().equals(inPath)) {
      throw RefusedException.of(
          path.endsWith("/profile") ? "profile." + SHARED : SHARED,
          "expected %s, as in the path, or nothing, but found %s"
              .formatted(Found.quote(inPath), JsonShape.shown(inBody)));
    }
  }

  /// Null: broken JSON, which the reader of the message refuses.
  private static @Nullable JsonNode parse(AggregatedHttpRequest request) {
    try {
      return MAPPER.readTree(request.contentUtf8());
    } catch (JsonProcessingException broken) {
      return null;
    }
  }
}
