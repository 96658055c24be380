package dev.whileaway.aggregator.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.UnframedGrpcErrorHandler;
import dev.whileaway.aggregator.edge.rules.Found;
import dev.whileaway.aggregator.edge.rules.RefusedException;
import dev.whileaway.aggregator.edge.status.Statuses;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Base64;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Every error of the HTTP port in one shape: the JSON form of `google.rpc.Status`, with the same
/// code, message and details that the gRPC port sends.
final class JsonErrors implements ServerErrorHandler, UnframedGrpcErrorHandler {

  private static final String DETAILS = "grpc-status-details-bin";

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(BadRequest.getDescriptor())
                  .add(ErrorInfo.getDescriptor())
                  .add(RetryInfo.getDescriptor())
                  .build());

  /// A service of the API refused.
  @Override
  public HttpResponse handle(
      ServiceRequestContext ctx, Status status, AggregatedHttpResponse response) {
    HttpHeaders trailers = response.trailers().isEmpty() ? response.headers() : response.trailers();
    if (status.getCause() instanceof ContentTooLargeException) {
      return tooLarge();
    }
    return respond(ctx, withDetails(status, trailers.get(DETAILS)));
  }

  private static com.google.rpc.Status withDetails(Status status, @Nullable String details) {
    if (details != null) {
      try {
        // gRPC leaves the padding away.
        return com.google.rpc.Status.parseFrom(Base64.getDecoder().decode(details));
      } catch (InvalidProtocolBufferException | IllegalArgumentException notOurs) {
        // The status itself is still true.
      }
    }
    return plain(status.getCode(), String.valueOf(status.getDescription()));
  }

  /// Something failed before, or beside, the API's services.
  @Override
  public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    Throwable peeled = Exceptions.peel(cause);
    return switch (peeled) {
      case HttpStatusException early
          when early.httpStatus().code() == HttpStatus.REQUEST_ENTITY_TOO_LARGE.code() ->
          tooLarge();
      case HttpStatusException early -> respond(ctx, early(early));
      case ContentTooLargeException large -> tooLarge();
      case RequestTimeoutException late ->
          respond(ctx, plain(Status.Code.DEADLINE_EXCEEDED, "expected to answer within 30 s"));
      case Throwable other -> respond(ctx, StatusProto.fromThrowable(Statuses.of(other)));
    };
  }

  /// Not 429, which asks to come again: this body will never be taken.
  private static HttpResponse tooLarge() {
    String words = "expected a body of at most " + HttpDoor.REQUEST_BYTES_MAX + " bytes";
    return HttpResponse.of(
        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
        MediaType.JSON_UTF_8,
        json(plain(Status.Code.RESOURCE_EXHAUSTED, words)));
  }

  /// The transcoder says only that it could not read a body.
  private static com.google.rpc.Status early(HttpStatusException thrown) {
    Throwable cause = thrown.getCause();
    if (cause == null || thrown.httpStatus().code() != HttpStatus.BAD_REQUEST.code()) {
      return plain(HttpStatuses.codeOf(thrown.httpStatus()), thrown.httpStatus().reasonPhrase());
    }
    String found =
        cause.getCause() instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(cause.getMessage());
    return StatusProto.fromThrowable(
        Statuses.of(
            RefusedException.of(
                "",
                "expected a JSON object of type application/json, but found: "
                    + Found.quote(found))));
  }

  /// No route, a wrong method, a request that is not HTTP.
  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String words = description == null ? status.reasonPhrase() : description;
    return AggregatedHttpResponse.of(
        status, MediaType.JSON_UTF_8, json(plain(HttpStatuses.codeOf(status), words)));
  }

  private static HttpResponse respond(ServiceRequestContext ctx, com.google.rpc.Status error) {
    Status.Code code = Status.fromCodeValue(error.getCode()).getCode();
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatuses.of(code)).contentType(MediaType.JSON_UTF_8);
    if (code == Status.Code.UNAUTHENTICATED) {
      String scheme = KeyGuard.forPeople(ctx.path()) ? "Basic" : "Bearer";
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, scheme + " realm=\"whileaway\"");
    }
    retrySeconds(error).ifPresent(seconds -> headers.setLong(HttpHeaderNames.RETRY_AFTER, seconds));
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(json(error)));
  }

  /// For clients that know HTTP but not our details: whole seconds, at least one.
  private static OptionalLong retrySeconds(com.google.rpc.Status error) {
    for (Any detail : error.getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        try {
          long millis = Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay());
          return OptionalLong.of(Math.ceilDiv(millis, 1000));
        } catch (InvalidProtocolBufferException broken) {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.empty();
  }

  private static com.google.rpc.Status plain(Status.Code code, String message) {
    return com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(message).build();
  }

  private static String json(com.google.rpc.Status error) {
    try {
      return PRINTER.print(error) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "expected only details of known types, but found " + error, e);
    }
  }
}
