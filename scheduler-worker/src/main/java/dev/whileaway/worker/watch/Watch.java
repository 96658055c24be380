package dev.whileaway.worker.watch;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Step;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Way;
import dev.whileaway.worker.pipeline.LedgerText;
import dev.whileaway.worker.pipeline.Observer;
import dev.whileaway.worker.plan.Circumstances;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down the steps of digests that are watched, since their user is or an event that they
/// have to tell, and passes on what it sees. Safe for use by many threads.
public final class Watch implements Observer {

  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  /// Of one lease (digests.proto); a push to the most devices, each tried twice, has nearly so
  /// many.
  static final int STEPS_MAX = 64;

  private final Observer next;
  private final InstantSource clock;
  private final Ledger ledger;
  private final Ways ways;
  private final Map<Lease, List<Step>> watched = new ConcurrentHashMap<>();

  /// Where steps are kept.
  public interface Ledger {

    /// May block, and throw: the steps are then in the log alone.
    void note(Lease lease, List<Step> steps);
  }

  /// The ways that digests take.
  public interface Ways {

    /// @param target the device's index; of an e-mail 0
    Way to(Plan.Tell tell, int target);
  }

  /// @param next sees the same
  /// @param clock gives the steps their times
  public Watch(Observer next, InstantSource clock, Ledger ledger, Ways ways) {
    this.next = next;
    this.clock = clock;
    this.ledger = ledger;
    this.ways = ways;
  }

  @Override
  public void began(Due due, Circumstances known) {
    if (isWatched(due, known)) {
      watched.put(due.lease(), Collections.synchronizedList(new ArrayList<>()));
      step(due, () -> StepWords.leased(due));
      step(due, () -> StepWords.known(known));
    }
    next.began(due, known);
  }

  private static boolean isWatched(Due due, Circumstances known) {
    return known.recipient().profileOrEmpty().getWatched()
        || due.events().stream().anyMatch(Due.PendingEvent::watched);
  }

  @Override
  public void planned(Due due, Plan plan) {
    step(due, () -> StepWords.planned(plan));
    next.planned(due, plan);
  }

  @Override
  public void placed(Due due, Plan.Tell tell, List<Refused> refusals) {
    step(due, () -> StepWords.placed(tell, refusals, ways));
    next.placed(due, tell, refusals);
  }

  @Override
  public void unsent(Due due, Plan.Tell tell, List<Refused> refusals) {
    step(due, () -> StepWords.unsent(tell, refusals, ways));
    next.unsent(due, tell, refusals);
  }

  @Override
  public void sending(Due due, Plan.Tell tell) {
    step(due, () -> StepWords.sending(tell));
    next.sending(due, tell);
  }

  @Override
  public void again(Due due, Plan.Tell tell, int target, Outcome outcome) {
    step(due, () -> StepWords.again(tell, target, outcome, ways));
    next.again(due, tell, target, outcome);
  }

  @Override
  public void sent(Due due, Plan.Tell tell, int target, Outcome outcome) {
    step(due, () -> StepWords.told(tell, target, outcome, ways));
    next.sent(due, tell, target, outcome);
  }

  @Override
  public void told(Due due, Plan.Tell tell, List<Outcome> outcomes) {
    next.told(due, tell, outcomes);
  }

  @Override
  public void settled(Due due, Plan.Answer answer, List<Delivery> deliveries) {
    step(due, () -> StepWords.settled(answer));
    next.settled(due, answer, deliveries);
  }

  @Override
  public void stale(Due due) {
    step(due, () -> "stale: something was cleared or the profile changed; it is made anew");
    next.stale(due);
  }

  @Override
  public void leaseLost(Due due, String reason) {
    step(due, () -> "the lease is lost: " + reason);
    next.leaseLost(due, reason);
  }

  @Override
  public void failed(Due due, Throwable problem) {
    step(due, () -> "it broke: " + problem);
    next.failed(due, problem);
  }

  @Override
  public void ended(Due due) {
    List<Step> steps = watched.isEmpty() ? null : watched.remove(due.lease());
    if (steps != null) {
      note(due.lease(), steps);
    }
    next.ended(due);
  }

  private void note(Lease lease, List<Step> steps) {
    if (steps.size() > STEPS_MAX) { // How it ended is worth more than what lies between.
      steps.subList(STEPS_MAX - 1, steps.size() - 1).clear();
    }
    try {
      ledger.note(lease, steps);
    } catch (RuntimeException e) {
      log.warn("the watched steps of user {} are in the log alone: {}", lease.user(), e.toString());
    }
  }

  private void step(Due due, Supplier<String> what) {
    List<Step> steps = watched.isEmpty() ? null : watched.get(due.lease());
    if (steps == null) {
      return;
    }
    Instant at = clock.instant();
    String words = LedgerText.clip(what.get());
    log.info("watched digest of {}, lease {}, {}: {}", due.user(), due.lease().id(), at, words);
    steps.add(
        Step.newBuilder().setAt(Timestamps.fromMillis(at.toEpochMilli())).setWhat(words).build());
  }
}
