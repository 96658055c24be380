package dev.whileaway.simulator.actors;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.simulator.audit.Auditor.Change;
import dev.whileaway.simulator.audit.EventOrder;
import dev.whileaway.simulator.clockwork.Strand;
import dev.whileaway.simulator.world.EventTypes;
import dev.whileaway.simulator.world.Line;
import dev.whileaway.simulator.world.Tally;
import dev.whileaway.simulator.world.Unavailable;
import dev.whileaway.simulator.world.World;
import dev.whileaway.templates.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A product's back end: reports, page views, profiles, deleted accounts. It tries again what was
/// not answered, and tells the auditor what it was told.
public final class Client {

  private final World world;
  private final String name;
  private final Strand strand;
  private final Line line;
  private final Profiles profiles;
  private final List<NewEvent> answered = new ArrayList<>();
  private int reports;

  private Client(World world, String name, Strand strand) {
    this.world = world;
    this.name = name;
    this.strand = strand;
    line = new Line(world, strand, () -> {});
    profiles = new Profiles(world, line);
  }

  public static Strand begin(World world, String name) {
    return Strand.begin(world.schedule(), name, strand -> new Client(world, name, strand).live());
  }

  private void live() {
    profiles.putAll();
    while (!world.isCalm()) {
      strand.sleep(world.chance().between(0, 15_000));
      try {
        act(world.chance().pick(world.users()));
      } catch (Unavailable _) {
        // Nobody knows whether it was done.
      }
    }
  }

  private void act(UserId user) {
    int dice = world.chance().below(100);
    if (dice < 50) {
      report(user);
    } else if (dice < 54) {
      reportAgain();
    } else if (dice < 70) {
      touch(user);
      clear(user, ClearScope.ALL);
    } else if (dice < 80) {
      clear(user, scope(user));
    } else if (dice < 84) {
      touch(user);
    } else if (dice < 87) {
      forget(user);
    } else {
      profiles.change(user);
    }
  }

  /// Without an id nobody can know a second report for the same: such a one is tried once.
  private void report(UserId recipient) {
    boolean withId = world.chance().hits(0.7);
    List<NewEvent> events = new ArrayList<>();
    for (int i = world.chance().below(3); i >= 0; i--) {
      events.add(event(recipient, withId));
    }
    events.forEach(event -> world.auditor().reports(order(event)));
    var command = new ShardCommand.ReportEvents(List.copyOf(events));
    var _ = withId ? line.submit(recipient, command) : line.submitOnce(recipient, command);
    world.tally().add(Tally.Kind.ACKNOWLEDGED_EVENTS, events.size());
    events.forEach(event -> world.auditor().reported(order(event)));
    if (withId) {
      answered.addAll(events);
    }
  }

  private NewEvent event(UserId recipient, boolean withId) {
    EventType type = world.chance().pick(EventTypes.CATALOGUE.types());
    String token = name + "-" + reports++;
    String sender = world.chance().hits(0.1) ? "" : world.chance().pick(world.users()).value();
    return new NewEvent(
        recipient,
        sender,
        type.id(),
        token,
        withId ? token : "",
        type.window().toMillis(),
        type.urgent(),
        type.expiresAfter().toMillis());
  }

  private static EventOrder order(NewEvent event) {
    return new EventOrder(
        event.data(),
        event.recipient().value(),
        event.sender(),
        event.type(),
        event.urgent(),
        event.expiresAfterMillis());
  }

  /// A program that restarts reports once more what was taken long ago. (TRAPS 9)
  private void reportAgain() {
    if (!answered.isEmpty()) {
      NewEvent event = world.chance().pick(answered);
      var _ = line.submit(event.recipient(), new ShardCommand.ReportEvents(List.of(event)));
    }
  }

  private void touch(UserId user) {
    Instant at = Instant.ofEpochMilli(world.shard(user).clockMillis());
    if (world.chance().hits(0.5)) {
      world.presence().touchWeb(user.value(), at);
    } else {
      world.presence().connect(user.value(), at, Duration.ofMinutes(1));
    }
  }

  private ClearScope scope(UserId user) {
    Set<Integer> types = world.chance().hits(0.5) ? Set.of() : Set.of(1 + world.chance().below(4));
    long upTo = world.chance().hits(0.5) ? Long.MAX_VALUE : 1 + world.chance().below(12);
    String sender = world.chance().hits(0.7) ? "" : world.chance().pick(world.users()).value();
    return new ClearScope(types, upTo, sender);
  }

  /// As the edge does it: a read finds out whether there is anything to clear.
  private void clear(UserId user, ClearScope scope) {
    long askedStep = world.auditor().clears(user, scope);
    if (line.read(user, view -> view.isPending(user))) {
      ShardReply _ = line.submit(user, new ShardCommand.ClearEvents(user, scope));
    }
    world.auditor().cleared(user, scope, askedStep);
  }

  private void forget(UserId user) {
    Change asked = world.auditor().forgets(user);
    ShardReply _ = line.submit(user, new ShardCommand.ForgetUser(user));
    world.presence().forget(user.value());
    world.auditor().forgotten(user, asked);
  }
}
