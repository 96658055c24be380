package dev.whileaway.worker.pipeline;

import dev.whileaway.v1.Delivery;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/// Writes sends down for the ledger.
final class Deliveries {

  static List<Delivery> of(Plan.Tell tell, List<Outcome> outcomes, PushSender sender) {
    return switch (tell) {
      case Plan.TellByPush push -> ofPush(push, outcomes, sender);
      case Plan.TellByMail mail ->
          List.of(delivery(tell, outcomes.getFirst()).setTarget(mail.address()).build());
    };
  }

  /// What could not begin, if that is known of each target.
  static List<Delivery> refused(Plan.Tell tell, List<Refused> refusals, PushSender sender) {
    boolean full = refusals.stream().anyMatch(refused -> refused.cause() == Refused.Cause.FULL);
    return full ? List.of() : of(tell, refusals.stream().map(Refused::outcome).toList(), sender);
  }

  private static List<Delivery> ofPush(
      Plan.TellByPush push, List<Outcome> outcomes, PushSender sender) {
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      var device = push.devices().get(i);
      deliveries.add(
          delivery(push, outcomes.get(i))
              .setTarget(device.getToken())
              .setPlatform(device.getPlatform())
              .setSilent(push.silent())
              .setDigestId(sender.retracts(device) ? push.digest().digestId() : "")
              .build());
    }
    return deliveries;
  }

  private static Delivery.Builder delivery(Plan.Tell tell, Outcome outcome) {
    String providerId = outcome instanceof Outcome.Accepted(var id, _) ? id : "";
    return Delivery.newBuilder()
        .setChannel(tell.channel())
        .setOutcome(wire(outcome))
        .setDetail(LedgerText.clip(outcome.detail()))
        .setProviderId(LedgerText.clip(providerId));
  }

  private static dev.whileaway.v1.Outcome wire(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> dev.whileaway.v1.Outcome.OUTCOME_ACCEPTED;
      case Outcome.Unregistered _ -> dev.whileaway.v1.Outcome.OUTCOME_UNREGISTERED;
      case Outcome.Rejected _ -> dev.whileaway.v1.Outcome.OUTCOME_REJECTED;
      case Outcome.RetryAfter _ -> dev.whileaway.v1.Outcome.OUTCOME_RETRY_AFTER;
      case Outcome.Unknown _ -> dev.whileaway.v1.Outcome.OUTCOME_UNKNOWN;
    };
  }

  private Deliveries() {}
}
