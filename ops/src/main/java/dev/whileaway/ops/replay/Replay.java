package dev.whileaway.ops.replay;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.ops.trace.TraceAction;
import dev.whileaway.ops.trace.TraceReader;
import dev.whileaway.presence.HeapPresenceStore;
import dev.whileaway.presence.PresenceReading;
import dev.whileaway.presence.PresenceStore;
import dev.whileaway.simulator.direct.DirectLeases;
import dev.whileaway.simulator.direct.DirectUsers;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.templates.Templates;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Surface;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.pipeline.DigestPipeline;
import dev.whileaway.worker.pipeline.FanOut;
import dev.whileaway.worker.pipeline.Ports;
import dev.whileaway.worker.pipeline.PresenceReadings;
import dev.whileaway.worker.pipeline.Telling;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Policy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Plays one trace. In every second its actions come first, in file order; then everything that is
/// due is handled. Sends take no time and are all accepted.
public final class Replay {

  /// The app of a trace says when its connection closes.
  private static final Duration UNTIL_CLOSED = Duration.ofDays(36_500);

  /// The rules of a trace let no event grow too old.
  private static final long NEVER_MILLIS = UNTIL_CLOSED.toMillis();

  private final Catalogue catalogue;
  private final PresenceStore presence = new HeapPresenceStore();
  private final ReplayShards shards;
  private final DirectLeases leases;
  private final SendLog log;
  private final DigestPipeline pipeline;
  private Instant now = Instant.EPOCH;

  private Replay(Templates templates, Policy policy, Appendable out) {
    catalogue = templates.catalogue();
    shards = new ReplayShards(() -> now);
    leases = new DirectLeases(shards, catalogue);
    log = new SendLog(out);
    pipeline =
        new DigestPipeline(
            policy,
            catalogue,
            new Ports(new DirectUsers(shards), readings(presence), leases),
            new Telling(
                templates.renderer(), new AcceptingPush(), new AcceptingMail(), FanOut.IN_ORDER),
            log,
            () -> false);
  }

  /// What was played.
  public record Summary(long actions, long sends) {}

  /// Plays a trace to its end, and on until nothing waits any more.
  ///
  /// @param out gets the send log
  /// @throws IOException if the trace is malformed (see [TraceReader]), or `out` fails
  public static Summary play(TraceReader trace, Templates templates, Policy policy, Appendable out)
      throws IOException {
    return new Replay(templates, policy, out).play(trace);
  }

  private Summary play(TraceReader trace) throws IOException {
    long actions = 0;
    long sends = 0;
    Optional<TraceAction> action = trace.next();
    while (true) {
      Optional<Instant> next = earlier(action.map(TraceAction::at), nextWake());
      if (next.isEmpty()) {
        return new Summary(actions, sends);
      }
      now = next.get();
      while (action.isPresent() && action.get().at().equals(now)) {
        perform(action.get());
        actions++;
        action = trace.next();
      }
      tellWhatIsDue();
      sends += log.endSecond();
    }
  }

  private void tellWhatIsDue() {
    while (true) {
      List<Due> due = shards.pull(now.toEpochMilli()).stream().map(leases::due).toList();
      if (due.isEmpty()) {
        return;
      }
      pipeline.run(due);
    }
  }

  private void perform(TraceAction action) {
    String user = action.user();
    switch (action) {
      case TraceAction.Profile profile ->
          shards.submit(new UserId(user), new ShardCommand.PutProfile(profile(profile)));
      case TraceAction.Visit visit -> {
        touch(user, visit.surface());
        clear(user, ClearScope.ALL);
      }
      case TraceAction.View view -> {
        touch(user, view.surface());
        clear(user, new ClearScope(view.types(), Long.MAX_VALUE, ""));
      }
      case TraceAction.Touch touch -> touch(user, touch.surface());
      case TraceAction.Connect _ -> presence.connect(user, now, UNTIL_CLOSED);
      case TraceAction.Disconnect _ -> presence.disconnect(user);
      case TraceAction.Report report ->
          shards.submit(new UserId(user), new ShardCommand.ReportEvents(List.of(event(report))));
      case TraceAction.Forget _ -> {
        presence.forget(user);
        shards.submit(new UserId(user), new ShardCommand.ForgetUser(new UserId(user)));
      }
    }
  }

  private void touch(String user, Surface surface) {
    if (surface == Surface.SURFACE_WEB) {
      presence.touchWeb(user, now);
    } else {
      presence.touchApp(user, now);
    }
  }

  private void clear(String user, ClearScope scope) {
    shards.submit(new UserId(user), new ShardCommand.ClearEvents(new UserId(user), scope));
  }

  private NewEvent event(TraceAction.Report report) {
    EventType type =
        catalogue
            .type(report.type())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "templates: expected a catalogue with a type of id %d, but found %s"
                        .formatted(report.type(), catalogue.names())));
    return new NewEvent(
        new UserId(report.user()),
        report.sender(),
        type.id(),
        report.data(),
        "",
        type.window().toMillis(),
        type.urgent(),
        NEVER_MILLIS);
  }

  private static Profile profile(TraceAction.Profile of) {
    var profile =
        Profile.newBuilder()
            .setUser(of.user())
            .setName("User " + of.user())
            .setLocale(of.locale().toLanguageTag())
            .setZone(of.zone().getId())
            .setEmail(of.email() ? "user" + of.user() + "@example.com" : "");
    for (int device = 1; device <= of.devices(); device++) {
      profile.addDevices(
          Device.newBuilder()
              .setToken(of.user() + "-" + device)
              .setPlatform(Platform.PLATFORM_FCM));
    }
    return profile.build();
  }

  /// Actions happen at whole seconds, and so does what is due.
  private Optional<Instant> nextWake() {
    OptionalLong wake = shards.nextWakeAtMillis();
    return wake.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(Math.ceilDiv(wake.getAsLong(), 1000)));
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }

  private static PresenceReadings readings(PresenceStore presence) {
    return (Set<String> users) -> {
      Map<String, PresenceReading> readings = new HashMap<>();
      users.forEach(user -> readings.put(user, presence.read(user)));
      return readings;
    };
  }

  /// Takes every push.
  private static final class AcceptingPush implements PushSender {
    @Override
    public boolean serves(Device device) {
      return true;
    }

    @Override
    public Outcome send(Push push) {
      return new Outcome.Accepted("", "");
    }

    @Override
    public void close() {}
  }

  /// Takes every e-mail.
  private static final class AcceptingMail implements MailSender {
    @Override
    public Outcome send(Mail mail) {
      return new Outcome.Accepted("", "");
    }

    @Override
    public void close() {}
  }
}
