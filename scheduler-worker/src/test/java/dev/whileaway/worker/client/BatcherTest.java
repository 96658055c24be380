package dev.whileaway.worker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BatcherTest {

  private final List<List<Integer>> calls = new CopyOnWriteArrayList<>();

  @Test
  void oneItem_goesOutAlone_atOnce() {
    Batcher<Integer, Integer> doubled = new Batcher<>(10, this::doubled);

    assertThat(doubled.ask(4)).isEqualTo(8);
    assertThat(calls).containsExactly(List.of(4));
  }

  @Test
  void whatArrivesDuringACall_goesOutTogether_upToTheLimit() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Batcher<Integer, Integer> batcher =
        new Batcher<>(
            10,
            items -> {
              underWay.countDown();
              awaitQuietly(release);
              return doubled(items);
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(() -> batcher.ask(0));
      underWay.await();
      List<Future<Integer>> others = new ArrayList<>();
      for (int i = 1; i <= 25; i++) {
        int item = i;
        others.add(threads.submit(() -> batcher.ask(item)));
      }
      await().until(() -> batcher.waiting() == 25);
      release.countDown();

      assertThat(first.get()).isZero();
      for (int i = 0; i < others.size(); i++) {
        assertThat(others.get(i).get()).isEqualTo(2 * (i + 1));
      }
    }
    assertThat(calls).extracting(List::size).containsExactly(1, 10, 10, 5);
  }

  // TRAPS 8
  @Test
  void refusalOfOneItem_doesNotReachTheOthers() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch together = new CountDownLatch(1);
    Batcher<Integer, Integer> batcher =
        new Batcher<>(
            10,
            items -> {
              underWay.countDown();
              awaitQuietly(together);
              if (items.contains(3)) {
                throw Status.INVALID_ARGUMENT.asRuntimeException();
              }
              return doubled(items);
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      all.add(threads.submit(() -> batcher.ask(0)));
      underWay.await();
      for (int i = 1; i < 6; i++) {
        int item = i;
        all.add(threads.submit(() -> batcher.ask(item)));
      }
      await().until(() -> batcher.waiting() == 5);
      together.countDown();

      for (int i = 0; i < 6; i++) {
        Future<Integer> one = all.get(i);
        if (i == 3) {
          assertThatThrownBy(one::get).hasCauseInstanceOf(StatusRuntimeException.class);
        } else {
          assertThat(one.get()).isEqualTo(2 * i);
        }
      }
    }
  }

  @Test
  void tooFewAnswers_areABug() {
    Batcher<Integer, Integer> batcher = new Batcher<>(10, _ -> List.of());

    assertThatThrownBy(() -> batcher.ask(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected 1 answers, but found 0");
  }

  private List<Integer> doubled(List<Integer> items) {
    calls.add(items);
    return items.stream().map(item -> 2 * item).toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
