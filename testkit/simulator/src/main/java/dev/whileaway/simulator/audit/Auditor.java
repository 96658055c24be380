package dev.whileaway.simulator.audit;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.Counter;
import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.simulator.audit.EventTrace.Where;
import dev.whileaway.simulator.audit.UserTrace.OptOut;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Keeps the account of a run, and says which rule it broke first. Told by those who act: what they
/// ask for, what they are answered, what is in the log, what is sent.
public final class Auditor {

  private final History history;
  private final Accounts accounts;
  private final SendRules sends;
  private final RetractRules retractions;

  /// @param step the number of the step that is being done
  /// @param resends see [SendRules]
  public Auditor(LongSupplier step, boolean resends) {
    history = new History(step);
    accounts = new Accounts(history);
    sends = new SendRules(history, resends);
    retractions = new RetractRules(history, resends);
  }

  /// The first rule that was broken; empty: none so far.
  public Optional<String> violation() {
    return Optional.ofNullable(history.violation());
  }

  /// Somebody else found a broken rule.
  public void violated(String rule) {
    history.violated(rule);
  }

  // --- clients

  /// A client begins to report; every try of the same report is of the same event.
  public void reports(EventOrder order) {
    history.begin(order);
  }

  /// A client was told that its event is taken.
  public void reported(EventOrder order) {
    EventTrace event = history.event(order.token());
    if (event.where == Where.NOWHERE) {
      history.violated("expected an acknowledged event to be in the log, but not so " + event);
    }
  }

  /// A client begins to clear, and is told so by [#cleared].
  ///
  /// @return the step
  public long clears(UserId user, ClearScope scope) {
    history.user(user).clears.add(scope);
    return history.step();
  }

  /// @param askedStep what [#clears] returned
  public void cleared(UserId user, ClearScope scope, long askedStep) {
    withdrawn(user, scope, askedStep);
  }

  /// A client begins to delete an account.
  public Change forgets(UserId user) {
    UserTrace known = history.user(user);
    known.everForgotten = true;
    return new Change(known.lastChange, known.openChanges == 0, history.step());
  }

  /// The account is deleted; a profile that was made meanwhile is a new account.
  public void forgotten(UserId user, Change asked) {
    withdrawn(user, ClearScope.ALL, asked.askedStep());
    UserTrace known = history.user(user);
    if (asked.alone() && asked.number() == known.lastChange) {
      known.goneStep = history.step();
    }
  }

  /// What waited before somebody asked to remove it must not wait after the answer.
  private void withdrawn(UserId user, ClearScope scope, long askedStep) {
    for (EventTrace event : history.user(user).events) {
      if (event.sinceStep < askedStep && Scopes.covers(scope, event)) {
        event.withdrawnStep = Math.min(event.withdrawnStep, history.step());
        if (event.where == Where.PENDING) {
          history.violated(
              "expected nothing that was removed by %s to wait, but found %s"
                  .formatted(scope, event));
        }
      }
    }
  }

  /// A change of a user's profile, or the deletion of the account, that a client has asked for.
  ///
  /// @param alone no other change was under way
  public record Change(long number, boolean alone, long askedStep) {}

  /// A client begins to change a profile: from now on nobody can say what holds.
  public Change changesProfile(UserId user, ProfileOrder order) {
    UserTrace known = history.user(user);
    known.optOut = null;
    known.goneStep = EventTrace.NEVER;
    known.typesEverMuted.addAll(order.muted());
    known.openChanges++;
    known.lastChange++;
    return new Change(known.lastChange, known.openChanges == 1, history.step());
  }

  /// The client knows no more: the change was stored, or not.
  public void gaveUpProfile(UserId user) {
    history.user(user).openChanges--;
  }

  /// The change is stored; it holds unless another was under way.
  public void changedProfile(UserId user, ProfileOrder order, Change change) {
    UserTrace known = history.user(user);
    known.openChanges--;
    if (change.alone() && change.number() == known.lastChange) {
      known.optOut = new OptOut(history.step(), order);
    }
  }

  // --- shards

  /// A command of the log is applied, for the first time by any replica.
  ///
  /// @param users those of the shard
  /// @param gaveWay how many events gave way before it
  public void applied(
      ShardCommand command,
      ShardReply reply,
      Collection<UserId> users,
      ShardView view,
      long gaveWay) {
    observe(command, reply);
    look(touched(command, users), view, view.counters().of(Counter.GAVE_WAY) > gaveWay);
  }

  private static Collection<UserId> touched(ShardCommand command, Collection<UserId> users) {
    return switch (command) {
      case ShardCommand.ReportEvents(var events) ->
          events.stream().map(NewEvent::recipient).distinct().toList();
      case ShardCommand.ClearEvents(var user, var _) -> List.of(user);
      case ShardCommand.BeginSend(var lease, var _) -> List.of(lease.user());
      default -> users;
    };
  }

  /// Looks where all events of a shard are, because another replica leads.
  public void look(Collection<UserId> users, ShardView view) {
    look(users, view, false);
  }

  private void look(Collection<UserId> users, ShardView view, boolean gaveWay) {
    users.forEach(user -> accounts.look(history.user(user), view, gaveWay));
    accounts.count(view);
  }

  private void observe(ShardCommand command, ShardReply reply) {
    switch (command) {
      case ShardCommand.ReportEvents(var events)
          when reply instanceof ShardReply.Reported(var _, var known) ->
          arrived(events, Set.copyOf(known));
      case ShardCommand.ForgetUser(var user) -> accounts.forgotten(history.user(user));
      case ShardCommand.PullDue _ when reply instanceof ShardReply.Pulled(var due, var _, var _) ->
          due.stream()
              .map(LeasedBacklog::lease)
              .forEach(lease -> granted(lease, history.user(lease.user()).urgents));
      case ShardCommand.BeginSend(var lease, var _) -> begun(lease, reply);
      default -> {}
    }
  }

  private void arrived(List<NewEvent> events, Set<Integer> known) {
    for (int i = 0; i < events.size(); i++) {
      if (!known.contains(i)) {
        NewEvent event = events.get(i);
        accounts.arrived(history.event(event.data()));
        if (event.urgent()) {
          history.user(event.recipient()).urgents++;
        }
      }
    }
  }

  private void begun(LeaseKey key, ShardReply reply) {
    LeaseTrace lease = history.user(key.user()).leases.get(key.leaseId());
    if (lease == null) {
      return;
    }
    switch (reply) {
      case ShardReply.Go _ -> lease.goStep = Math.min(lease.goStep, history.step());
      case ShardReply.Stale(var left) when !left.events().isEmpty() ->
          granted(left.lease(), lease.urgentsBefore);
      default -> {}
    }
  }

  private void granted(LeaseKey key, int urgentsBefore) {
    history
        .user(key.user())
        .leases
        .computeIfAbsent(key.leaseId(), id -> new LeaseTrace(id, urgentsBefore));
  }

  // --- providers

  /// A provider was handed a digest.
  public void sent(SentDigest digest) {
    sends.sent(digest);
    retractions.sent(digest);
  }

  /// A provider was asked to take a push back.
  public void retracted(RetractedPush push) {
    retractions.retracted(push);
  }

  // --- the end

  /// Long after the last fault nothing waits.
  public void finish() {
    for (EventTrace event : history.events()) {
      if (event.where == Where.PENDING) {
        history.violated("expected every event to have left by now, but still waiting is " + event);
      }
    }
  }
}
