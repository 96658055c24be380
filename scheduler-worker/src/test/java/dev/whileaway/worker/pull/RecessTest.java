package dev.whileaway.worker.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.testkit.log.CapturedLog;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecessTest {

  private final CapturedLog said = new CapturedLog(Recess.class);
  private final Recess recess = new Recess();

  @AfterEach
  void stopListening() {
    said.close();
  }

  // TRAPS 16
  @Test
  void aThousandFailures_areLoggedOnce_andTheRecoveryOnce() {
    for (int i = 0; i < 1_000; i++) {
      recess.failed(new IllegalStateException("away"));
    }
    recess.succeeded();
    recess.succeeded();

    assertThat(said.messages())
        .containsExactly(
            "cannot pull; trying again until it works: java.lang.IllegalStateException: away",
            "pulling again after 1000 failed tries");
  }

  @Test
  void failure_isFollowedByARest_thatEnds() {
    assertThat(recess.over()).isTrue();

    recess.failed(new IllegalStateException("away"));

    assertThat(recess.over()).isFalse();
    await().atMost(5, TimeUnit.SECONDS).until(recess::over);
  }
}
