package dev.whileaway.aggregator.edge.status;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.whileaway.aggregator.edge.rules.RefusedException;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.v1.Violation;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes gRPC statuses of throwables, with the details that `proto/README.md` promises.
public final class Statuses {

  /// The domain of the reasons in our ErrorInfo details.
  public static final String DOMAIN = "whileaway.dev";

  /// Details travel in a header, and clients commonly take 8 KiB of headers in all.
  private static final int DETAIL_BYTES_MAX = 4096;

  private static final Duration FAILED_SHARD_RETRY = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(Statuses.class);

  private Statuses() {}

  public static StatusRuntimeException of(Throwable thrown) {
    return switch (unwrap(thrown)) {
      case StatusRuntimeException already
          when already.getCause() instanceof InvalidProtocolBufferException broken ->
          invalid(unreadable(broken));
      case StatusRuntimeException already -> already;
      case StatusException already -> already.getStatus().asRuntimeException(already.getTrailers());
      case RefusedException refused -> invalid(refused);
      case ShardUnavailableException unavailable -> unavailable(unavailable);
      case Throwable bug -> internal(bug);
    };
  }

  /// A refusal of a caller: UNAUTHENTICATED or PERMISSION_DENIED.
  public static StatusRuntimeException denied(Code code, String reason, String message) {
    return status(code, message, Any.pack(info(reason).build()));
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable inner = thrown;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  /// gRPC says INTERNAL of bytes that are not a message: the fault is the caller's.
  private static RefusedException unreadable(InvalidProtocolBufferException broken) {
    return RefusedException.of(
        "", "expected a valid message, but found: " + String.valueOf(broken.getMessage()));
  }

  private static StatusRuntimeException invalid(RefusedException refused) {
    BadRequest.Builder details = BadRequest.newBuilder();
    int bytes = 0;
    for (Violation violation : refused.violations()) {
      bytes += violation.getSerializedSize();
      if (bytes > DETAIL_BYTES_MAX) {
        break;
      }
      details.addFieldViolations(
          FieldViolation.newBuilder()
              .setField(violation.getField())
              .setDescription(violation.getDescription()));
    }
    return status(
        Code.INVALID_ARGUMENT, String.valueOf(refused.getMessage()), Any.pack(details.build()));
  }

  private static StatusRuntimeException unavailable(ShardUnavailableException thrown) {
    String message = String.valueOf(thrown.getMessage());
    return switch (thrown.kind()) {
      case NOT_LEADER ->
          status(Code.UNAVAILABLE, message, Any.pack(leader(thrown)), retry(thrown.retryDelay()));
      case BUSY ->
          status(
              Code.RESOURCE_EXHAUSTED,
              message,
              Any.pack(info("SHARD_BUSY").build()),
              retry(thrown.retryDelay()));
      // Not UNAVAILABLE: many clients repeat that by themselves, and here only the caller knows
      // whether a repetition is harmless. (TRAPS 47)
      case UNKNOWN -> status(Code.ABORTED, message, Any.pack(info("OUTCOME_UNKNOWN").build()));
      case FAILED ->
          status(
              Code.UNAVAILABLE,
              message,
              Any.pack(info("SHARD_FAILED").build()),
              retry(FAILED_SHARD_RETRY));
    };
  }

  private static ErrorInfo leader(ShardUnavailableException thrown) {
    ErrorInfo.Builder info = info("NOT_LEADER");
    thrown
        .leader()
        .ifPresent(leader ->
            info.putMetadata("leader", leader.node().value())
                .putMetadata("leader_address", leader.address()));
    return info.build();
  }

  /// A bug of ours. The caller gets an id, and no text that might tell what is not theirs to know.
  private static StatusRuntimeException internal(Throwable bug) {
    String incident = String.format("%08x", ThreadLocalRandom.current().nextInt());
    log.error("incident {}: a call failed unexpectedly", incident, bug);
    return status(
        Code.INTERNAL,
        "an unexpected error; the daemon's log tells it as incident " + incident,
        Any.pack(info("BUG").putMetadata("incident", incident).build()));
  }

  private static ErrorInfo.Builder info(String reason) {
    return ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason);
  }

  private static Any retry(Duration delay) {
    return Any.pack(
        RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(delay.toMillis())).build());
  }

  private static StatusRuntimeException status(Code code, String message, Any... details) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(message)
            .addAllDetails(List.of(details))
            .build());
  }
}
