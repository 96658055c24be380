package dev.whileaway.aggregator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an event of workload W costs in memory, counted: numbers that the machine's mood does not
/// move. Who makes one greater had better know why.
class AppendCostTest {

  private static final int USERS = 10_000;
  private static final int EVENTS_PER_USER = 5;
  private static final int EVENTS_PER_COMMAND = 100;

  /// Until the compiler has seen what is allocated for nothing, on a busy machine too.
  private static final int WARM_UP_ROUNDS = 5;

  /// Of the packed record, 40 of them data; seen: 58.
  private static final double KEPT_BYTES_PER_EVENT_MAX = 60;

  /// Half of it is the new record, whose length grows with the backlog; seen: 295.
  private static final double ALLOCATED_BYTES_PER_EVENT_MAX = 320;

  @Test
  void event_inABacklogOfFive_costsFewBytes() {
    var machine = machine();
    commands().forEach(command -> machine.apply(command, 1));

    var bytes = new long[1];
    machine.cut().forEach((_, record) -> bytes[0] += record == null ? 0 : record.length);

    assertThat(bytes[0] / (double) (USERS * EVENTS_PER_USER))
        .isBetween(40.0, KEPT_BYTES_PER_EVENT_MAX);
  }

  @Test
  void append_allocatesTheNewRecord_andLittleElse() {
    List<ShardCommand> commands = commands();
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      var warm = machine();
      commands.forEach(command -> warm.apply(command, 1));
    }
    var machine = machine();
    var memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = memory.getCurrentThreadAllocatedBytes();
    commands.forEach(command -> machine.apply(command, 1));
    double perEvent =
        (memory.getCurrentThreadAllocatedBytes() - before) / (double) (USERS * EVENTS_PER_USER);

    assertThat(perEvent).isLessThan(ALLOCATED_BYTES_PER_EVENT_MAX);
  }

  private static ShardMachine machine() {
    return new ShardMachine(ShardLimits.STANDARD, new MemoryColdRecords());
  }

  private static List<ShardCommand> commands() {
    var commands = new ArrayList<ShardCommand>();
    for (int k = 0; k < USERS * EVENTS_PER_USER; k += EVENTS_PER_COMMAND) {
      var events = new ArrayList<NewEvent>();
      for (int i = k; i < k + EVENTS_PER_COMMAND; i++) {
        events.add(event(i));
      }
      commands.add(new ReportEvents(events));
    }
    return commands;
  }

  private static NewEvent event(int k) {
    return new NewEvent(
        new UserId(Integer.toString(1_000_000_000 + k % USERS)),
        Integer.toString(2_000_000_000 + k),
        1,
        "forty bytes of text, as in workload W...",
        "",
        1_800_000,
        false,
        1_209_600_000);
  }
}
