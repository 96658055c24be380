package dev.whileaway.worker.pipeline;

import dev.whileaway.v1.Delivery;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.plan.Circumstances;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Plan;
import java.util.List;

/// Sees what the pipeline does: metrics, or the send log of a replay. It must not throw.
public interface Observer {

  /// Sees nothing.
  Observer NONE = new Observer() {};

  /// Everything that the decision depends on has been read.
  default void began(Due due, Circumstances known) {}

  default void planned(Due due, Plan plan) {}

  /// Nothing was sent, since there was no place on the way.
  default void unsent(Due due, Plan.Tell tell, List<Refused> refusals) {}

  /// The digest is rendered and has its places.
  ///
  /// @param refusals of the targets that got none
  default void placed(Due due, Plan.Tell tell, List<Refused> refusals) {}

  /// The shard said GO.
  default void sending(Due due, Plan.Tell tell) {}

  /// A try of one of the sends came to this, and another follows. Called on the thread of that
  /// send.
  ///
  /// @param target the device's index; of an e-mail 0
  default void again(Due due, Plan.Tell tell, int target, Outcome outcome) {}

  /// One of the sends has ended. Called on the thread of that send, at once with others.
  ///
  /// @param target the device's index; of an e-mail 0
  default void sent(Due due, Plan.Tell tell, int target, Outcome outcome) {}

  /// All sends have ended, and are not answered for yet.
  default void told(Due due, Plan.Tell tell, List<Outcome> outcomes) {}

  /// The lease was answered.
  default void settled(Due due, Plan.Answer answer, List<Delivery> deliveries) {}

  /// Something leased was cleared, or the profile changed, before the send.
  default void stale(Due due) {}

  /// Nothing more is done under this lease.
  default void leaseLost(Due due, String reason) {}

  /// Something broke for this user; the others go on.
  default void failed(Due due, Throwable problem) {}

  /// Nothing more is done under this lease here, however it went. It may block.
  default void ended(Due due) {}
}
