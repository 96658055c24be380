package dev.whileaway.worker.pipeline;

import dev.whileaway.v1.Delivery;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import java.util.List;

/// A worker's side of a lease: it says that a send begins, and how it ended. Both may be repeated.
public interface DigestAnswers {

  /// Says that the send begins. Only after [Go] may anything be sent.
  Begun begin(Lease lease, Plan.Tell tell);

  /// Answers the lease.
  Settled settle(Lease lease, Plan.Answer answer, List<Delivery> deliveries);

  /// The answer to [#begin].
  sealed interface Begun {}

  /// The answer to [#settle].
  sealed interface Settled {}

  /// Send now.
  record Go() implements Begun {}

  /// Something leased was cleared meanwhile, or the profile changed. This is left, under a new
  /// lease id; with no events left the lease is over.
  record Stale(Due left) implements Begun {}

  /// The lease is answered.
  record Done() implements Settled {}

  /// The lease is not ours any more: send nothing.
  ///
  /// @param reason in words
  record LeaseLost(String reason) implements Begun, Settled {}
}
