package dev.whileaway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void drain_countsTheUnits_untilNothingIsLeft() throws Exception {
    var left = new AtomicInteger(10);
    Step lane = () -> CompletableFuture.supplyAsync(() -> left.getAndDecrement() > 0 ? 3 : 0);

    assertThat(ClosedLoop.drain(Collections.nCopies(4, lane), PATIENCE)).isEqualTo(30);
  }

  @Test
  void lane_hasOneRequestInFlight() throws Exception {
    var begun = new ConcurrentLinkedQueue<CompletableFuture<Integer>>();
    Step lane =
        () -> {
          var answer = new CompletableFuture<Integer>();
          begun.add(answer);
          return answer;
        };
    var loop = CompletableFuture.supplyAsync(() -> drain(List.of(lane, lane)));

    while (begun.size() < 2) {
      Thread.onSpinWait();
    }
    begun.remove().complete(1);
    assertThat(begun).hasSize(2);
    begun.forEach(answer -> answer.complete(0));
    assertThat(loop.join()).isEqualTo(1);
  }

  @Test
  void failedRequest_failsTheRun() {
    Step lane = () -> CompletableFuture.failedFuture(new IOException("connection reset"));

    assertThatThrownBy(() -> ClosedLoop.drain(List.of(lane), PATIENCE))
        .hasMessage(
            "expected every request to be answered, but found java.io.IOException: connection reset");
  }

  private static long drain(List<Step> lanes) {
    try {
      return ClosedLoop.drain(lanes, PATIENCE);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
