package dev.whileaway.worker.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.Person;
import dev.whileaway.testkit.log.CapturedLog;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Presumed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerMetricsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Due DUE =
      new Due(new Lease("anna", 1, NOW, NOW), NOW, 1, false, 0, List.of(), List.of());

  private final CapturedLog said = new CapturedLog(WorkerMetrics.class);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final WorkerMetrics metrics = new WorkerMetrics(registry, InstantSource.fixed(NOW));

  @AfterEach
  void stopListening() {
    said.close();
  }

  @Test
  void stats_areSilentUntilSomethingWasPulled() {
    metrics.logStats();
    assertThat(said.messages()).isEmpty();

    metrics.pulled(List.of(DUE));
    metrics.logStats();
    assertThat(said.messages()).singleElement().asString().contains("1 pulled", "0 found stale");
  }

  @Test
  void targetsWithoutAPlace_areUnsent_alsoWhereOthersOfTheDigestGoOut() {
    Plan.TellByMail mail =
        new Plan.TellByMail(
            new DigestContent(
                "d",
                new Person("anna", "Anna", "", Person.Gender.UNKNOWN),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                NOW,
                List.of()),
            "anna@example.org",
            new Presumed.Confirm(),
            "",
            "");
    metrics.placed(DUE, mail, List.of(Reservation.impossible(new Outcome.Rejected("dead"))));
    metrics.sent(DUE, mail, 0, new Outcome.Accepted("", ""));

    assertThat(
            registry
                .counter("whileaway.worker.unsent", "channel", "email", "cause", "impossible")
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .counter("whileaway.worker.sent", "channel", "email", "outcome", "accepted")
                .count())
        .isEqualTo(1);
  }

  @Test
  void labels_areLowerCaseWords() {
    Plan.Cancel busy =
        new Plan.Cancel(Duration.ZERO, Set.of(), Reason.REASON_PROVIDER_BUSY, "busy");
    metrics.planned(DUE, busy);
    metrics.settled(DUE, busy, List.of());

    assertThat(registry.counter("whileaway.worker.planned", "plan", "cancel_provider_busy").count())
        .isEqualTo(1);
    assertThat(
            registry
                .counter("whileaway.worker.settled", "answer", "cancel", "reason", "provider_busy")
                .count())
        .isEqualTo(1);
  }
}
