package dev.whileaway.aggregator.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.log.CommandCodec.Batch;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardReply.Reported;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What must hold for every log, tried on logs that a seed makes. A failure names the seed and the
/// shortest beginning of the log that fails.
class StandingPropertiesTest {

  /// Small, so that backlogs are full soon.
  private static final ShardLimits LIMITS = new ShardLimits(7, 1);

  private static final int STEPS = 400;
  private static final Packer PACKER = new Packer();

  /// A claim about a log.
  private interface Property {
    void check(List<ByteString> log);
  }

  // TRAPS 15: a restart at any moment finds the same due times and events.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void replay_snapshot_and_second_replica_equal_the_live_state(long seed) {
    List<ByteString> log = log(seed);
    tryOn(log, seed, StandingPropertiesTest::restartsAndReplicasAgree);
  }

  /// Three replicas side by side: one lives, one is fed the same log, one is thrown away and
  /// restored from its snapshot again and again. After each step their replies and hashes are
  /// equal, and now and then every byte.
  private static void restartsAndReplicasAgree(List<ByteString> log) {
    var live = new Replica(LIMITS);
    var second = new Replica(LIMITS);
    var restarted = new Replica(LIMITS);
    for (int step = 0; step < log.size(); step++) {
      List<ShardReply> replies = live.apply(log.get(step));
      assertThat(second.apply(log.get(step))).isEqualTo(replies);
      assertThat(restarted.apply(log.get(step))).isEqualTo(replies);
      assertThat(second.machine.stateHash()).isEqualTo(live.machine.stateHash());
      assertThat(restarted.machine.stateHash()).isEqualTo(live.machine.stateHash());
      assertThat(restarted.machine.view().nextWakeAtMillis())
          .isEqualTo(live.machine.view().nextWakeAtMillis());
      if (step % 7 == 0 || step == log.size() - 1) {
        restarted = restarted.snapshot().restored(LIMITS);
      }
      if (step % 50 == 0 || step == log.size() - 1) {
        assertThat(second.bytes()).isEqualTo(live.bytes());
        assertThat(restarted.bytes()).isEqualTo(live.bytes());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104})
  void every_record_equals_its_unpacked_and_repacked_form(long seed) {
    tryOn(log(seed), seed, StandingPropertiesTest::recordsAreCanonical);
  }

  private static void recordsAreCanonical(List<ByteString> log) {
    var replica = new Replica(LIMITS);
    for (ByteString entry : log) {
      replica.apply(entry);
      replica
          .machine
          .cut()
          .forEach((_, record) -> {
            if (record != null) {
              assertThat(RecordCodec.encode(RecordCodec.decode(record), PACKER)).isEqualTo(record);
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {201, 202, 203, 204})
  void fused_append_writes_what_the_long_way_would_write(long seed) {
    tryOn(log(seed), seed, StandingPropertiesTest::appendsAgree);
  }

  private static void appendsAgree(List<ByteString> log) {
    var replica = new Replica(LIMITS);
    for (ByteString entry : log) {
      Batch batch = CommandCodec.decode(entry);
      if (batch.commands().getFirst() instanceof ReportEvents report) {
        report.events().forEach(event -> appendAgrees(replica, event, batch.stampedAtMillis()));
      } else {
        replica.apply(entry);
        replica.snapshot();
      }
    }
  }

  private static void appendAgrees(Replica replica, NewEvent event, long stampedAtMillis) {
    var before = replica.record(event.recipient()).map(RecordCodec::decode);
    var command = new ReportEvents(List.of(event));
    var reply = (Reported) replica.machine.apply(command, stampedAtMillis);
    UserRecord after =
        replica.snapshot().record(event.recipient()).map(RecordCodec::decode).orElseThrow();
    UserRecord from =
        before.orElseGet(() -> UserRecord.empty(event.recipient(), after.lastSeq() - 1));
    if (reply.accepted() == 1) {
      long now = replica.machine.view().nowMillis();
      UserRecord expected = from.appended(event, now);
      if (expected.events().size() > LIMITS.eventsPerBacklog()) {
        var oldest = OverflowDecider.oldestOfFullestType(expected.events());
        expected = expected.gaveWay(oldest, now);
      }
      assertThat(RecordCodec.encode(after, PACKER)).isEqualTo(RecordCodec.encode(expected, PACKER));
    }
  }

  /// The properties above say little if the logs are dull.
  @Test
  void logs_of_the_seeds_reach_every_kind_of_ending() {
    var reached = new EnumMap<Counter, Long>(Counter.class);
    for (long seed = 1; seed <= 12; seed++) {
      var replica = new Replica(LIMITS);
      log(seed).forEach(replica::apply);
      replica.machine.view().counters().values().forEach((c, n) -> reached.merge(c, n, Long::sum));
    }
    // These limits need more than a few hundred commands; they have tests of their own.
    reached.remove(Counter.DEVICE_GAVE_WAY);
    reached.remove(Counter.SENDER_NOT_COUNTED);
    reached.remove(Counter.EVENT_ID_FORGOTTEN);
    reached.remove(Counter.LEDGER_GAVE_WAY);
    assertThat(reached).allSatisfy((_, times) -> assertThat(times).isPositive());
  }

  private static List<ByteString> log(long seed) {
    var log = new ArrayList<ByteString>();
    for (RandomCommands.Stamped stamped : new RandomCommands(seed, LIMITS).take(STEPS)) {
      log.add(CommandCodec.encode(new Batch(stamped.atMillis(), List.of(stamped.command()))));
    }
    return log;
  }

  private static void tryOn(List<ByteString> log, long seed, Property property) {
    try {
      property.check(log);
    } catch (AssertionError | RuntimeException first) {
      int shortest = shortestFailing(log, property);
      fail(
          "seed %d, shortest failing prefix %d commands, the last of them %s"
              .formatted(seed, shortest, CommandCodec.decode(log.get(shortest - 1)).commands()),
          first);
    }
  }

  private static int shortestFailing(List<ByteString> log, Property property) {
    int passes = 0;
    int fails = log.size();
    while (fails - passes > 1) {
      int middle = (passes + fails) >>> 1;
      if (holds(property, log.subList(0, middle))) {
        passes = middle;
      } else {
        fails = middle;
      }
    }
    return fails;
  }

  private static boolean holds(Property property, List<ByteString> log) {
    try {
      property.check(log);
      return true;
    } catch (AssertionError | RuntimeException failure) {
      return false;
    }
  }
}
