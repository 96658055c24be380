package dev.whileaway.worker.client;

import io.grpc.stub.AbstractStub;
import java.util.concurrent.TimeUnit;

/// Options of every call to a daemon.
final class Calls {

  /// Longer than a healthy daemon needs for the largest call; real time.
  private static final int DEADLINE_SECONDS = 20;

  /// A batch of full backlogs, each with 200 events of 4 KB, is far above gRPC's 4 MB.
  private static final int ANSWER_BYTES_MAX = 512 << 20;

  static <S extends AbstractStub<S>> S bounded(S stub) {
    return stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .withMaxInboundMessageSize(ANSWER_BYTES_MAX);
  }

  private Calls() {}
}
