package dev.whileaway.ops.crash;

import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.VisitRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Random;

/// Users who come and see what waits for them: a clear, or a visit, which also counts as presence.
final class Visitors {

  /// One in so many is a visit.
  private static final int VISITS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Visitors() {}

  /// Whether a dying server took it is not asked: the ledger says, and must not contradict the
  /// provider.
  static void see(Channel channel, Cohort cohort, Random random) {
    var events = EventServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
    String user = cohort.any(random);
    try {
      if (random.nextInt(VISITS) == 0) {
        var _ =
            events.visit(
                VisitRequest.newBuilder().setUser(user).setSurface(Surface.SURFACE_WEB).build());
      } else {
        var _ = events.clear(ClearRequest.newBuilder().setUser(user).build());
      }
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
    }
  }
}
