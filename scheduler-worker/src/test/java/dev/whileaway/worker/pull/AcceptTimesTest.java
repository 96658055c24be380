package dev.whileaway.worker.pull;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.Person;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Presumed;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AcceptTimesTest {

  private final ManualClock clock = ManualClock.at("2026-03-02T12:00:00Z");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AcceptTimes times = new AcceptTimes(registry, clock);

  @Test
  void times_areThoseOfTheAppThatTookIt() {
    Routes routes = new Routes(100, clock);
    routes.route("fcm one", serving("one"), Fcm.LIMITS);
    routes.route("fcm two", serving("two"), Fcm.LIMITS);
    times.by(routes);
    Instant dueAt = clock.instant().minusSeconds(5);

    Due due = due(dueAt.minusSeconds(1800), dueAt);
    Plan.TellByPush push = push("one", "two", "nobody's");

    times.sent(due, push, 0, new Outcome.Accepted("", ""));
    clock.advance(Duration.ofSeconds(10));
    times.sent(due, push, 1, new Outcome.Rejected(""));
    times.sent(due, push, 2, new Outcome.Accepted("", "written"));
    times.told(
        due,
        push,
        List.of(
            new Outcome.Accepted("", ""),
            new Outcome.Rejected(""),
            new Outcome.Accepted("", "written")));

    assertThat(timer("route.event.to.due", "route", "fcm one").totalTime(SECONDS)).isEqualTo(1800);
    assertThat(timer("route.due.to.accepted", "route", "fcm one").totalTime(SECONDS)).isEqualTo(5);
    assertThat(timer("due.to.accepted", "channel", "push").count()).isEqualTo(1);
    assertThat(timer("event.to.accepted", "channel", "push").totalTime(SECONDS)).isEqualTo(1815);
    assertThat(registry.find("whileaway.worker.route.due.to.accepted").timers()).hasSize(1);
  }

  private Timer timer(String name, String... tags) {
    return registry.get("whileaway.worker." + name).tags(tags).timer();
  }

  private static Due due(Instant eventAt, Instant dueAt) {
    return new Due(
        new Lease("anna", 1, dueAt, dueAt.plusSeconds(60)),
        dueAt,
        1,
        false,
        0,
        List.of(new Due.PendingEvent(1, "message", "bob", "", eventAt)),
        List.of());
  }

  private Plan.TellByPush push(String... apps) {
    var digest =
        new DigestContent(
            "d",
            new Person("anna", "Anna", "", Person.Gender.UNKNOWN),
            Locale.ENGLISH,
            ZoneOffset.UTC,
            clock.instant(),
            List.of());
    List<Device> devices =
        List.of(apps).stream()
            .map(app ->
                Device.newBuilder()
                    .setPlatform(Platform.PLATFORM_FCM)
                    .setApp(app)
                    .setToken(app)
                    .build())
            .toList();
    return new Plan.TellByPush(
        digest,
        devices,
        "key",
        false,
        clock.instant(),
        Plan.NextStep.EMAIL,
        new Presumed.Confirm(),
        "",
        "");
  }

  private static PushSender serving(String app) {
    return new PushSender() {
      @Override
      public boolean serves(Device device) {
        return device.getApp().equals(app);
      }

      @Override
      public Outcome send(Push push) {
        return new Outcome.Accepted("", "");
      }

      @Override
      public void close() {}
    };
  }
}
