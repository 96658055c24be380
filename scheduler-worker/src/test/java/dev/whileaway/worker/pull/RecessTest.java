package dev.whileaway.worker.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RecessTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(Recess.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Recess recess = new Recess();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(said);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  // TRAPS 16
  @Test
  void aThousandFailures_areLoggedOnce_andTheRecoveryOnce() {
    for (int i = 0; i < 1_000; i++) {
      recess.failed(new IllegalStateException("away"));
    }
    recess.succeeded();
    recess.succeeded();

    assertThat(said.list)
        .extracting(ILoggingEvent::getFormattedMessage)
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
