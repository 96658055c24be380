package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SharesTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  // TRAPS 33
  @Test
  void turns_whereBothWait_areTwoToOne() {
    StringBuilder order = new StringBuilder();
    Turns turns = Turns.BEGIN;
    for (int i = 0; i < 9; i++) {
      Importance next = turns.next(true, true);
      turns = turns.taken(next);
      order.append(next.name().charAt(0));
    }

    assertThat(order).hasToString("HHLHHLHHL");
  }

  @Test
  void turns_whereOneWaits_areAllItsOwn() {
    assertThat(new Turns(2).next(true, false)).isEqualTo(Importance.HIGH);
    assertThat(Turns.BEGIN.next(false, true)).isEqualTo(Importance.LOW);
  }

  // TRAPS 33
  @Test
  void waiting_areServedByTheirShares() throws Exception {
    Shares shares = new Shares(1);
    List<Importance> served = new CopyOnWriteArrayList<>();
    assertThat(shares.enter(Importance.LOW, Duration.ZERO)).isTrue();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        Importance importance = i < 6 ? Importance.LOW : Importance.HIGH;
        threads.submit(() -> {
          if (shares.enter(importance, LONG)) {
            served.add(importance);
            shares.leave();
          }
          return null;
        });
      }
      await().until(() -> shares.waiting() == 12);
      shares.leave();
    }

    assertThat(served).hasSize(12);
    assertThat(served.subList(0, 9).stream().filter(Importance.HIGH::equals)).hasSize(6);
  }

  @Test
  void patienceThatEnds_leavesTheLine() throws Exception {
    Shares shares = new Shares(1);
    assertThat(shares.enter(Importance.HIGH, Duration.ZERO)).isTrue();

    assertThat(shares.enter(Importance.HIGH, Duration.ofMillis(1))).isFalse();
    assertThat(shares.waiting()).isZero();

    shares.leave();
    assertThat(shares.enter(Importance.LOW, Duration.ZERO)).isTrue();
  }
}
