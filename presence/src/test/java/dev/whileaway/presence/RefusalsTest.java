package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.testkit.log.CapturedLog;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Refusals refusals = new Refusals(100, now::get);
  private final CapturedLog warnings = new CapturedLog(Refusals.class);

  @AfterEach
  void stopListening() {
    warnings.close();
  }

  @Test
  void add_countsEach_andWarnsOncePerInterval() {
    refusals.add();
    refusals.add();
    now.set(START.plus(Refusals.WARNING_INTERVAL).minusMillis(1));
    refusals.add();
    assertThat(warnings.messages()).hasSize(1);

    now.set(START.plus(Refusals.WARNING_INTERVAL));
    refusals.add();
    now.set(START.plus(Refusals.WARNING_INTERVAL).plusMillis(1));
    refusals.add();
    assertThat(warnings.messages()).hasSize(2);
    assertThat(refusals.count()).isEqualTo(5);
  }

  @Test
  void warning_namesTheKeyToRaise() {
    refusals.add();

    assertThat(warnings.messages().getFirst()).contains("Raise presence.expected-users (now 100)");
  }
}
