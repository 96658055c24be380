package dev.whileaway.ops.cli;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.stream.Collectors;

/// From a gRPC status to one line and an exit code.
final class Refusals {

  private Refusals() {}

  static CommandFailure of(StatusRuntimeException e, String server) {
    Status status = e.getStatus();
    String said = status.getDescription() == null ? "nothing more" : status.getDescription();
    return switch (status.getCode()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> CommandFailure.badInput(violations(e, said));
      case NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION -> CommandFailure.badInput(said);
      case UNAUTHENTICATED ->
          CommandFailure.failed(
              server + " refused: " + said + "; give a key by --key or WHILEAWAY_KEY");
      case UNAVAILABLE -> CommandFailure.failed(unavailable(status, said, server));
      case DEADLINE_EXCEEDED -> CommandFailure.failed("no answer from " + server + " in time");
      case OK,
          CANCELLED,
          UNKNOWN,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          ABORTED,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS ->
          CommandFailure.failed(server + " answered " + status.getCode() + ": " + said);
    };
  }

  private static String violations(StatusRuntimeException e, String otherwise) {
    com.google.rpc.Status details = StatusProto.fromThrowable(e);
    if (details != null) {
      for (Any detail : details.getDetailsList()) {
        if (detail.is(BadRequest.class)) {
          return inWords(detail, otherwise);
        }
      }
    }
    return otherwise;
  }

  private static String inWords(Any detail, String otherwise) {
    try {
      return detail.unpack(BadRequest.class).getFieldViolationsList().stream()
          .map(violation -> violation.getField() + ": " + violation.getDescription())
          .collect(Collectors.joining("; "));
    } catch (InvalidProtocolBufferException e) {
      return otherwise;
    }
  }

  private static String unavailable(Status status, String said, String server) {
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return "cannot reach " + server + ": is `./whileaway serve` running?";
      }
    }
    return server + " is unavailable: " + said;
  }
}
