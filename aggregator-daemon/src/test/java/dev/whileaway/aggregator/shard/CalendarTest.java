package dev.whileaway.aggregator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalendarTest {

  private static final int LEASES = 10_000;
  private static final int HELD = 10;

  private final Map<Long, Wake> wakes = new HashMap<>();
  private long looks;
  private final Calendar calendar =
      new Calendar((hash, visitor) -> {
        looks++;
        if (wakes.get(hash) instanceof Wake wake) {
          visitor.accept(wake);
        }
      });

  /// Counted, not timed: each pull asks when the next lease ends.
  @Test
  void leases_that_are_over_are_passed_once() {
    for (long lease = 0; lease < LEASES; lease++) {
      long endsAt = 500 + lease / 100;
      wakes.put(lease, new Wake(endsAt, new UserId("u" + lease)));
      calendar.add(endsAt, lease, new byte[0]);
      wakes.remove(lease - HELD);
      assertThat(calendar.nextShut()).hasValue(500 + Math.max(0, lease - HELD + 1) / 100);
    }
    assertThat(looks).isLessThan(2L * HELD * LEASES);
  }
}
