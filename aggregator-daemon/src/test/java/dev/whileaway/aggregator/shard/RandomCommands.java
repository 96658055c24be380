package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.SendIntent.Presumed;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Makes sequences of commands from a seed: few users, few types, few ids and little time, so that
/// things meet. A pilot shard goes along, so that answers name leases that were granted lately.
final class RandomCommands {

  private static final List<String> USERS =
      List.of(
          "17", "anna", "017", "Анна", "0f8fad5b-d9cb-469f-a165-70867728950e", "bob", "carl", "8");
  private static final long[] STEPS = {
    0, 0, 0, 0, 0, 1, 1, 999, 1000, 1001, 1001, 5_000, 5_000, 60_000, 900_000
  };

  private final RandomGenerator random;
  private long now = 1_000_000_000_000L;
  private final ShardMachine pilot;
  private final List<LeaseKey> granted = new ArrayList<>();

  RandomCommands(long seed, ShardLimits limits) {
    pilot = new ShardMachine(limits, new MemoryColdRecords());
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// A command and the stamp that it comes with.
  record Stamped(long atMillis, ShardCommand command) {}

  List<Stamped> take(int count) {
    return IntStream.range(0, count).mapToObj(_ -> next()).toList();
  }

  private Stamped next() {
    now += STEPS[random.nextInt(STEPS.length)];
    if (random.nextInt(200) == 0) {
      now += ShardLimits.EVENT_ID_MEMORY_MILLIS;
    }
    var stamped = new Stamped(now - random.nextInt(3), command());
    switch (pilot.apply(stamped.command(), stamped.atMillis())) {
      case ShardReply.Pulled pulled -> pulled.due().forEach(due -> granted.add(due.lease()));
      case ShardReply.Stale stale -> granted.add(stale.left().lease());
      default -> {}
    }
    return stamped;
  }

  private Set<Channel> channels() {
    return switch (random.nextInt(4)) {
      case 0 -> Set.of(Channel.CHANNEL_PUSH);
      case 1 -> Set.of(Channel.CHANNEL_EMAIL);
      default -> Set.of();
    };
  }

  private ShardCommand command() {
    int dice = random.nextInt(100);
    if (dice < 40) {
      return new ShardCommand.ReportEvents(
          IntStream.range(0, 1 + random.nextInt(6)).mapToObj(_ -> event()).toList());
    }
    if (dice < 52) {
      return new ShardCommand.ClearEvents(user(), scope());
    }
    if (dice < 70) {
      return new ShardCommand.PullDue(
          "w" + random.nextInt(3), 1 + random.nextInt(4), ttl(), channels(), random.nextBoolean());
    }
    if (dice < 78) {
      return new ShardCommand.BeginSend(lease(), intent());
    }
    if (dice < 84) {
      return new ShardCommand.ConfirmLease(lease(), reason(), deliveries(), "d");
    }
    if (dice < 92) {
      return new ShardCommand.CancelLease(lease(), ttl(), flags(), reason(), deliveries(), "");
    }
    return aboutProfile(dice);
  }

  /// Half of them can be taken back.
  private List<Delivery> deliveries() {
    return random.nextBoolean()
        ? List.of()
        : List.of(
            Delivery.newBuilder()
                .setChannel(Channel.CHANNEL_PUSH)
                .setOutcome(Outcome.OUTCOME_ACCEPTED)
                .setDigestId("d" + random.nextInt(1000))
                .build());
  }

  private ShardCommand aboutProfile(int dice) {
    return switch (dice) {
      case 92 -> new ShardCommand.ForgetUser(user());
      case 93 -> new ShardCommand.DeleteProfile(user());
      case 94 ->
          new ShardCommand.PutProfile(
              Profile.newBuilder().setUser(user().value()).addDevices(device()).build());
      case 95, 96 -> new ShardCommand.RegisterDevice(user(), device());
      case 97 -> new ShardCommand.WatchUser(user(), random.nextBoolean());
      case 98 -> new ShardCommand.UnregisterDevice(user(), device().getToken(), now);
      default ->
          new ShardCommand.SetPreferences(
              user(), Preferences.newBuilder().setPushOff(random.nextBoolean()).build());
    };
  }

  private NewEvent event() {
    return new NewEvent(
        user(),
        random.nextInt(8) == 0 ? "" : user().value(),
        1 + random.nextInt(4),
        "x".repeat(random.nextInt(5)),
        random.nextInt(3) == 0 ? "id" + random.nextInt(200) : "",
        random.nextInt(4) * 900_000L + random.nextInt(2),
        random.nextInt(6) == 0,
        1 + random.nextInt(40_000_000),
        random.nextInt(8) == 0);
  }

  private ClearScope scope() {
    Set<Integer> types =
        random.nextInt(3) == 0 ? Set.of() : Set.of(1 + random.nextInt(2), 3 + random.nextInt(2));
    long upTo = random.nextInt(3) == 0 ? random.nextInt(300) : Long.MAX_VALUE;
    return new ClearScope(types, upTo, random.nextInt(4) == 0 ? user().value() : "");
  }

  private LeaseKey lease() {
    int back = 1 + random.nextInt(5);
    return granted.size() < back ? new LeaseKey(user(), back) : granted.get(granted.size() - back);
  }

  private SendIntent intent() {
    var presumed =
        switch (random.nextInt(3)) {
          case 0 -> new Presumed.Confirm();
          case 1 -> new Presumed.Cancel(ttl(), flags());
          default -> new Presumed.Nothing();
        };
    return new SendIntent(
        random.nextBoolean() ? Channel.CHANNEL_PUSH : Channel.CHANNEL_EMAIL, presumed);
  }

  private Set<Flag> flags() {
    var flags = EnumSet.noneOf(Flag.class);
    for (Flag flag : Flag.values()) {
      if (random.nextBoolean()) {
        flags.add(flag);
      }
    }
    return flags;
  }

  private Reason reason() {
    var reasons = new ArrayList<>(List.of(Reason.values()));
    reasons.remove(Reason.UNRECOGNIZED);
    return reasons.get(random.nextInt(reasons.size()));
  }

  private long ttl() {
    return 1 + random.nextInt(300) * 1000L;
  }

  private Device device() {
    return Device.newBuilder()
        .setToken("token-" + random.nextInt(30))
        .setPlatform(Platform.PLATFORM_FCM)
        .build();
  }

  private UserId user() {
    return new UserId(USERS.get(random.nextInt(USERS.size())));
  }
}
