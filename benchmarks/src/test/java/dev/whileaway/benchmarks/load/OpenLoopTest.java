package dev.whileaway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

  private static final int PER_SECOND = 1_000;
  private static final int REQUESTS = 40;

  private static BooleanSupplier times(int requests) {
    var asked = new AtomicInteger();
    return () -> asked.getAndIncrement() < requests;
  }

  @Test
  void serverThatStandsStill_isChargedForEachRequest_fromItsMeantBeginning() throws Exception {
    List<CompletableFuture<Integer>> waiting = new ArrayList<>();
    Step untilTheLast =
        () -> {
          var answer = new CompletableFuture<Integer>();
          waiting.add(answer);
          if (waiting.size() == REQUESTS) {
            waiting.forEach(one -> one.complete(1));
          }
          return answer;
        };

    Histogram micros = OpenLoop.run(untilTheLast, PER_SECOND, times(REQUESTS));

    assertThat(micros.getTotalCount()).isEqualTo(REQUESTS);
    assertThat(micros.getMaxValue()).isGreaterThanOrEqualTo(38_000);
    assertThat(micros.getValueAtPercentile(50)).isGreaterThanOrEqualTo(18_000);
  }

  @Test
  void requestsThatBeginLate_areChargedForTheirWait() throws Exception {
    var begun = new AtomicInteger();
    Step firstHoldsUpTheRest =
        () -> {
          if (begun.getAndIncrement() == 0) {
            spin(TimeUnit.MILLISECONDS.toNanos(REQUESTS));
          }
          return CompletableFuture.completedFuture(1);
        };

    Histogram micros = OpenLoop.run(firstHoldsUpTheRest, PER_SECOND, times(REQUESTS));

    assertThat(micros.getValueAtPercentile(50)).isGreaterThanOrEqualTo(18_000);
  }

  @Test
  void failedRequest_failsTheRun() {
    Step broken = () -> CompletableFuture.failedFuture(new IllegalStateException("no"));

    assertThatThrownBy(() -> OpenLoop.run(broken, PER_SECOND, times(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected every request to be answered");
  }

  private static void spin(long nanos) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < nanos) {
      Thread.onSpinWait();
    }
  }
}
