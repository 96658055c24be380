package dev.whileaway.simulator.actors;

import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.simulator.world.World;
import dev.whileaway.v1.Delivery;
import dev.whileaway.worker.pipeline.DigestAnswers;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.UserState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Notes what a worker is at while it goes through its ports: providers are not told a lease, and
/// the auditor wants it with each send.
final class Desk implements DigestAnswers, Users {

  private final World world;
  private final DigestAnswers answers;
  private final Users users;
  private Optional<LeaseKey> lease = Optional.empty();
  private long knewStep;

  Desk(World world, DigestAnswers answers, Users users) {
    this.world = world;
    this.answers = answers;
    this.users = users;
  }

  /// Under which the worker last said that it sends.
  LeaseKey lease() {
    return lease.orElseThrow();
  }

  /// When it last began to read what is known of users.
  long knewStep() {
    return knewStep;
  }

  @Override
  public Begun begin(Lease begun, Plan.Tell tell) {
    lease = Optional.of(new LeaseKey(new UserId(begun.user()), begun.id()));
    return answers.begin(begun, tell);
  }

  @Override
  public Settled settle(Lease settled, Plan.Answer answer, List<Delivery> deliveries) {
    return answers.settle(settled, answer, deliveries);
  }

  @Override
  public Map<String, UserState> states(Set<String> asked) {
    knewStep = world.schedule().steps();
    return users.states(asked);
  }

  @Override
  public void unregisterDevice(String user, String token, Instant unlessRegisteredAfter) {
    users.unregisterDevice(user, token, unlessRegisteredAfter);
  }
}
