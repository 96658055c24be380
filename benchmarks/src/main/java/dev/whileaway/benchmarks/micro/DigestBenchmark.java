package dev.whileaway.benchmarks.micro;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.templates.Templates;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.plan.Circumstances;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Planner;
import dev.whileaway.worker.plan.Policy;
import dev.whileaway.worker.plan.UserState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One digest of two messages and a visit, from due backlog to text.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DigestBenchmark {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Set<Channel> CHANNELS = Set.of(Channel.CHANNEL_PUSH, Channel.CHANNEL_EMAIL);

  private final Templates templates = Templates.standard();
  private final Planner planner = new Planner(Policy.STANDARD, templates.catalogue());
  private final Due due =
      new Due(
          new Lease("anna", 1, NOON, NOON.plusSeconds(60)),
          NOON,
          3,
          false,
          0,
          List.of(
              event(1, "message", "bob"), event(2, "message", "carl"), event(3, "visit", "bob")),
          List.of(new Due.TypeTotal("message", 2, 2), new Due.TypeTotal("visit", 1, 1)));
  private final Circumstances circumstances =
      new Circumstances(
          new UserState.Known(
              profile("anna").toBuilder()
                  .setEmail("anna@example.org")
                  .addDevices(Device.newBuilder().setToken("token"))
                  .build()),
          Map.of(
              "bob",
              new UserState.Known(profile("bob")),
              "carl",
              new UserState.Known(profile("carl"))),
          PresenceReading.NEVER,
          CHANNELS);
  private final DigestContent digest = ((Plan.Tell) planned()).digest();

  private static Due.PendingEvent event(long seq, String type, String sender) {
    return new Due.PendingEvent(
        seq, type, sender, "Are you coming? We meet at the station.", NOON.minusSeconds(600));
  }

  private static Profile profile(String user) {
    return Profile.newBuilder()
        .setUser(user)
        .setName(user)
        .setLocale("en")
        .setZone("Europe/Berlin")
        .build();
  }

  @Benchmark
  public Plan plan() {
    return planned();
  }

  private Plan planned() {
    return planner.plan(due, circumstances, NOON);
  }

  @Benchmark
  public PushText renderPush() {
    return templates.renderer().push(digest);
  }

  @Benchmark
  public MailText renderMail() {
    return templates.renderer().mail(digest);
  }
}
