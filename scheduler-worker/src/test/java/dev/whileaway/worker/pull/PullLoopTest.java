package dev.whileaway.worker.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.templates.Renderer;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.WorkerSettings;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.pipeline.DigestAnswers;
import dev.whileaway.worker.pipeline.DigestPipeline;
import dev.whileaway.worker.pipeline.FanOut;
import dev.whileaway.worker.pipeline.Ports;
import dev.whileaway.worker.pipeline.Telling;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Policy;
import dev.whileaway.worker.plan.UserState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PullLoopTest {

  private static final int PLACES = 3;
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private static final Renderer NOTHING =
      new Renderer() {
        @Override
        public PushText push(DigestContent digest) {
          return new PushText("", "", "", "", 0);
        }

        @Override
        public MailText mail(DigestContent digest) {
          return new MailText("", "", "");
        }
      };
  private static final PushSender NO_PUSH =
      new PushSender() {
        @Override
        public boolean serves(Device device) {
          return false;
        }

        @Override
        public Outcome send(Push push) {
          return new Outcome.Rejected("");
        }

        @Override
        public void close() {}
      };
  private static final MailSender NO_MAIL =
      new MailSender() {
        @Override
        public Outcome send(Mail mail) {
          return new Outcome.Rejected("");
        }

        @Override
        public void close() {}
      };

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicInteger reads = new AtomicInteger();

  /// Breaks as a JVM does, not as a call does.
  private final Users users =
      new Users() {
        @Override
        public Map<String, UserState> states(Set<String> asked) {
          reads.incrementAndGet();
          throw new LinkageError("a class that is not there");
        }

        @Override
        public void unregisterDevice(String user, String token, Instant unlessRegisteredAfter) {}
      };

  private final DigestAnswers answers =
      new DigestAnswers() {
        @Override
        public Begun begin(Lease lease, Plan.Tell tell) {
          return new LeaseLost("");
        }

        @Override
        public Settled settle(Lease lease, Plan.Answer answer, List<Delivery> deliveries) {
          return new Done();
        }
      };

  private PullLoop loop(List<Due> due) {
    WorkerMetrics metrics = new WorkerMetrics(registry, InstantSource.fixed(NOW));
    AtomicBoolean stopping = new AtomicBoolean();
    var pipeline =
        new DigestPipeline(
            Policy.STANDARD,
            new Catalogue(List.of()),
            new Ports(users, _ -> Map.<String, PresenceReading>of(), answers),
            new Telling(NOTHING, NO_PUSH, NO_MAIL, FanOut.IN_ORDER),
            metrics,
            stopping::get);
    var settings =
        new WorkerSettings(
            "worker",
            PLACES,
            Duration.ofSeconds(60),
            Duration.ofMillis(10),
            PLACES,
            Policy.STANDARD);
    return new PullLoop(settings, _ -> due, (_, _) -> PLACES, pipeline, metrics, stopping);
  }

  private static Due due(String user) {
    return new Due(
        new Lease(user, 1, NOW, NOW.plusSeconds(60)), NOW, 1, false, 0, List.of(), List.of());
  }

  // TRAPS 33
  @Test
  void errorWhileReading_doesNotCostPlaces() {
    PullLoop loop = loop(List.of(due("anna"), due("bea")));

    for (int tick = 1; tick <= 4; tick++) {
      loop.tick();
      int expected = tick;
      await()
          .dontCatchUncaughtExceptions()
          .atMost(5, TimeUnit.SECONDS)
          .untilAsserted(() -> {
            assertThat(reads).hasValue(expected);
            assertThat(registry.get("whileaway.worker.in.flight").gauge().value()).isZero();
          });
    }
    loop.stop();
    loop.close(Duration.ofSeconds(5));
  }
}
