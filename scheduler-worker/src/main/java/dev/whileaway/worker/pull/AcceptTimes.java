package dev.whileaway.worker.pull;

import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.route.Route;
import dev.whileaway.worker.deliver.route.Routes;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Plan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// How long it takes from an event to its due time, and from there to a provider's yes: by channel
/// in buckets, which may be added up over workers, and by app in quantiles. Safe for use by many
/// threads.
final class AcceptTimes {

  private static final String PREFIX = "whileaway.worker.";

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Map<String, OfChannel> channels = new ConcurrentHashMap<>();
  private final Map<String, OfRoute> routes = new ConcurrentHashMap<>();
  private volatile Function<Device, Optional<Route>> routeTo = _ -> Optional.empty();

  /// One channel's.
  private record OfChannel(Timer dueToAccepted, Timer eventToAccepted) {}

  /// One app's.
  private record OfRoute(Timer eventToDue, Timer dueToAccepted) {}

  /// @param clock the daemons'
  AcceptTimes(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /// From now on by these apps too.
  void by(Routes all) {
    routeTo = all::to;
  }

  /// A digest counts once for its channel.
  void told(Due due, Plan.Tell tell, List<Outcome> outcomes) {
    if (outcomes.stream().noneMatch(Outcome.Accepted.class::isInstance)) {
      return;
    }
    Instant now = clock.instant();
    String channel =
        switch (tell) {
          case Plan.TellByPush _ -> "push";
          case Plan.TellByMail _ -> "email";
        };
    OfChannel times = channels.computeIfAbsent(channel, this::ofChannel);
    times.dueToAccepted().record(Duration.between(due.dueAt(), now));
    oldest(due).ifPresent(at -> times.eventToAccepted().record(Duration.between(at, now)));
  }

  /// A push counts for its app, whatever becomes of those to the user's other devices.
  void sent(Due due, Plan.Tell tell, int target, Outcome outcome) {
    if (outcome instanceof Outcome.Accepted && tell instanceof Plan.TellByPush push) {
      Duration sinceDue = Duration.between(due.dueAt(), clock.instant());
      routeTo
          .apply(push.devices().get(target))
          .map(route -> routes.computeIfAbsent(route.name(), this::ofRoute))
          .ifPresent(times -> {
            oldest(due)
                .ifPresent(at -> times.eventToDue().record(Duration.between(at, due.dueAt())));
            times.dueToAccepted().record(sinceDue);
          });
    }
  }

  private static Optional<Instant> oldest(Due due) {
    return due.events().stream().findFirst().map(Due.PendingEvent::at);
  }

  private OfChannel ofChannel(String channel) {
    return new OfChannel(
        byChannel("due.to.accepted", "from a backlog's due time to its provider's yes", channel),
        byChannel(
            "event.to.accepted", "from a backlog's oldest event to its provider's yes", channel));
  }

  private OfRoute ofRoute(String route) {
    return new OfRoute(
        quantiles("route.event.to.due", "from a backlog's oldest event to its due time", route),
        quantiles("route.due.to.accepted", "from a due time to the provider's yes", route));
  }

  private Timer quantiles(String name, String description, String route) {
    return Timer.builder(PREFIX + name)
        .description(description + ", by the daemons' clock")
        .tag("route", route)
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  private Timer byChannel(String name, String description, String channel) {
    return Timer.builder(PREFIX + name)
        .description(description + ", by the daemons' clock")
        .tag("channel", channel)
        // Buckets, since unlike quantiles those of several channels and workers can be added up.
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofDays(1))
        .register(registry);
  }
}
