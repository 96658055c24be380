package dev.whileaway.worker.pipeline;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.plan.Circumstances;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Planner;
import dev.whileaway.worker.plan.Policy;
import dev.whileaway.worker.plan.Settlement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Handles due backlogs under their leases, without threads of its own.
///
/// One backlog's way: plan; render; take a place on the route; begin the send; deliver; answer the
/// lease. Rendering and waiting come before begin-send, so that neither a text that cannot be made
/// nor a provider that is busy looks like a send, and nothing lies between "I send now" and the
/// send. What happens to one backlog never touches another.
///
/// The rule against duplicates: up to begin-send's GO anything may fail and be repeated; from GO on
/// nothing is ever done again, whatever fails, but the answer to the lease.
public final class DigestPipeline {

  /// Times that a digest is made, because its user cleared or changed something meanwhile.
  static final int ROUNDS_MAX = 8;

  private static final Runnable NOBODY = () -> {};

  private final Planner planner;
  private final Policy policy;
  private final Ports ports;
  private final Telling telling;
  private final Observer observer;
  private final BooleanSupplier stopping;

  /// @param stopping while true, leases that have not begun to send are given back
  public DigestPipeline(
      Policy policy,
      Catalogue catalogue,
      Ports ports,
      Telling telling,
      Observer observer,
      BooleanSupplier stopping) {
    this.planner = new Planner(policy, catalogue);
    this.policy = policy;
    this.ports = ports;
    this.telling = telling;
    this.observer = observer;
    this.stopping = stopping;
  }

  /// Handles a batch, one backlog after the other.
  public void run(List<Due> batch) {
    Gathered gathered = gather(batch);
    batch.forEach(due -> attempt(due, gathered));
  }

  /// Reads, in two calls, what is known of all users of a batch.
  public Gathered gather(List<Due> batch) {
    return new Gathered(
        ports.users().states(Gathered.everyone(batch)),
        ports.presence().of(Gathered.recipients(batch)));
  }

  /// Handles one backlog to its end. Never throws for what goes wrong with it.
  public void attempt(Due due, Gathered gathered) {
    attempt(due, gathered, NOBODY);
  }

  /// As above.
  ///
  /// @param arrives told once it is rendered and asks for its places, if it comes so far
  public void attempt(Due due, Gathered gathered, Runnable arrives) {
    goOn(attemptOnce(due, gathered, arrives));
  }

  /// Handles one backlog alone, reading what is known of its users.
  public void attempt(Due due) {
    attempt(due, NOBODY);
  }

  /// As above.
  ///
  /// @param arrives told once it is rendered and asks for its places, if it comes so far
  public void attempt(Due due, Runnable arrives) {
    goOn(attemptOnce(due, arrives));
  }

  /// What was stale is made anew with what is known now: it may be the profile that changed.
  private void goOn(Optional<Due> stale) {
    Optional<Due> left = stale;
    for (int round = 1; left.isPresent() && round < ROUNDS_MAX; round++) {
      left = attemptOnce(left.get(), NOBODY);
    }
    left.ifPresent(some -> giveBack(some, Settlement.unsettled(some, policy)));
  }

  private Optional<Due> attemptOnce(Due due, Runnable arrives) {
    Gathered gathered;
    try {
      gathered = gather(List.of(due));
    } catch (RuntimeException e) {
      fail(due, e);
      return Optional.empty();
    }
    return attemptOnce(due, gathered, arrives);
  }

  /// @return what is left to be tried again at once, if it was stale
  private Optional<Due> attemptOnce(Due due, Gathered gathered, Runnable arrives) {
    try {
      return decide(due, gathered, arrives);
    } finally {
      observer.ended(due);
    }
  }

  private Optional<Due> decide(Due due, Gathered gathered, Runnable arrives) {
    if (stopping.getAsBoolean()) {
      giveBack(due, Settlement.stopped());
      return Optional.empty();
    }
    Plan.Tell tell;
    Places places;
    try {
      switch (plan(due, gathered)) {
        case Plan.Answer answer -> {
          settle(due, answer, List.of());
          return Optional.empty();
        }
        case Plan.Tell toTell -> tell = toTell;
      }
      Message message = Message.render(tell, telling);
      arrives.run();
      places = message.reserve(telling);
    } catch (RuntimeException | StackOverflowError e) {
      fail(due, e);
      return Optional.empty();
    } catch (InterruptedException _) {
      giveBack(due, Settlement.stopped());
      return Optional.empty();
    }
    try (places) {
      return places.canSend() ? begin(due, tell, places) : leave(due, tell, places.refusals());
    }
  }

  /// Nothing is sent now: the ways are full, or closed.
  private Optional<Due> leave(Due due, Plan.Tell tell, List<Refused> refusals) {
    observer.unsent(due, tell, refusals);
    Plan.Answer answer = Settlement.unsent(tell, refusals, due.attempts(), policy);
    giveBack(due, answer, Deliveries.refused(tell, refusals, telling.push()));
    return Optional.empty();
  }

  private Optional<Due> begin(Due due, Plan.Tell tell, Places places) {
    observer.placed(due, tell, places.refusals());
    DigestAnswers.Begun begun;
    try {
      begun = ports.answers().begin(due.lease(), tell);
    } catch (RuntimeException e) {
      fail(due, e);
      return Optional.empty();
    }
    return switch (begun) {
      case DigestAnswers.Go _ -> {
        observer.sending(due, tell);
        deliver(due, tell, places);
        yield Optional.empty();
      }
      case DigestAnswers.Stale(var left) -> {
        observer.stale(due);
        yield Optional.of(left).filter(some -> !some.events().isEmpty());
      }
      case DigestAnswers.LeaseLost(var reason) -> {
        observer.leaseLost(due, reason);
        yield Optional.empty();
      }
    };
  }

  private Plan plan(Due due, Gathered gathered) {
    Circumstances known = gathered.of(due, usable(due, gathered));
    observer.began(due, known);
    Plan plan = planner.plan(due, known, due.lease().grantedAt());
    observer.planned(due, plan);
    return plan;
  }

  private Set<Channel> usable(Due due, Gathered gathered) {
    List<Device> devices = gathered.recipient(due).profileOrEmpty().getDevicesList();
    boolean served = devices.stream().anyMatch(telling.push()::serves);
    return served
        ? EnumSet.of(Channel.CHANNEL_PUSH, Channel.CHANNEL_EMAIL)
        : EnumSet.of(Channel.CHANNEL_EMAIL);
  }

  private void deliver(Due due, Plan.Tell tell, Places places) {
    List<Outcome> outcomes =
        places.send(telling.fanOut(), due.lease().expiresAt(), hearing(due, tell));
    observe(due, () -> observer.told(due, tell, outcomes));
    Plan.Answer answer = Settlement.of(tell, outcomes, due.attempts(), policy);
    giveBack(due, answer, Deliveries.of(tell, outcomes, telling.push()));
    if (tell instanceof Plan.TellByPush push) {
      removeDeadDevices(due, push, outcomes);
    }
  }

  private Places.Hearing hearing(Due due, Plan.Tell tell) {
    return new Places.Hearing() {
      @Override
      public void again(int target, Outcome outcome) {
        observe(due, () -> observer.again(due, tell, target, outcome));
      }

      @Override
      public void ended(int target, Outcome outcome) {
        observe(due, () -> observer.sent(due, tell, target, outcome));
      }
    };
  }

  /// Bookkeeping that fails must not come between a send and its answer.
  private void observe(Due due, Runnable bookkeeping) {
    try {
      bookkeeping.run();
    } catch (RuntimeException e) {
      observer.failed(due, e);
    }
  }

  /// A device that stays although it is dead costs one more refused push; nothing is sent again.
  private void removeDeadDevices(Due due, Plan.TellByPush push, List<Outcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Unregistered(var since, _)) {
        // The profile was read after the lease was granted: what was registered since is new.
        Instant knownAt = since.orElse(due.lease().grantedAt());
        try {
          ports.users().unregisterDevice(due.user(), push.devices().get(i).getToken(), knownAt);
        } catch (RuntimeException e) {
          observer.failed(due, e);
        }
      }
    }
  }

  /// What broke before anything was sent: this backlog is tried again later, on its own.
  private void fail(Due due, Throwable problem) {
    observer.failed(due, problem);
    giveBack(due, Settlement.failed(due, problem.toString(), policy));
  }

  private void giveBack(Due due, Plan.Answer answer) {
    giveBack(due, answer, List.of());
  }

  /// Answers the lease; if even that fails, the lease runs out and the presumed answer holds.
  private void giveBack(Due due, Plan.Answer answer, List<Delivery> deliveries) {
    try {
      settle(due, answer, deliveries);
    } catch (RuntimeException e) {
      observer.failed(due, e);
    }
  }

  private void settle(Due due, Plan.Answer answer, List<Delivery> deliveries) {
    switch (ports.answers().settle(due.lease(), answer, deliveries)) {
      case DigestAnswers.Done _ -> observer.settled(due, answer, deliveries);
      case DigestAnswers.LeaseLost(var reason) -> observer.leaseLost(due, reason);
    }
  }
}
