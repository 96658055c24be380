package dev.whileaway.worker.pull;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.templates.Renderer;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.deliver.DeliveryChannels;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.mail.FullMailboxes;
import dev.whileaway.worker.pipeline.Observer;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Plan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a worker counts. Names begin with `whileaway.worker.`; tags have few values, never a user.
/// What an operator must hear at once goes to the [DeliveryLog].
public final class WorkerMetrics implements Observer {

  private static final Logger log = LoggerFactory.getLogger(WorkerMetrics.class);
  private static final String PREFIX = "whileaway.worker.";

  private final MeterRegistry registry;
  private final DeliveryLog deliveryLog;
  private final AcceptTimes times;
  private final Counter pulled;
  private final Counter pullsFailed;
  private final Counter stale;
  private final Counter leasesLost;
  private final Counter failed;
  private final Timer render;
  private final AtomicLong oldestDueMillis;
  private final Map<Tagged, Counter> tagged = new ConcurrentHashMap<>();

  /// A counter's name and tags.
  private record Tagged(String name, List<String> tags) {}

  /// @param clock the daemons' clock, to measure how late a digest is
  public WorkerMetrics(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.deliveryLog = new DeliveryLog(clock);
    this.times = new AcceptTimes(registry, clock);
    this.pulled = counter("pulled", "backlogs that were leased");
    this.pullsFailed = counter("pulls.failed", "pulls that no daemon answered");
    this.stale =
        counter("stale", "digests found stale at begin-send: their user had cleared something");
    this.leasesLost = counter("leases.lost", "answers that came after the lease was over");
    this.failed = counter("failed", "backlogs for which something broke");
    this.render =
        Timer.builder(PREFIX + "render")
            .description("time to make a text, real")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    this.oldestDueMillis = new AtomicLong();
    Gauge.builder(PREFIX + "oldest.due.seconds", oldestDueMillis, millis -> millis.get() / 1000.0)
        .description("how late the latest of the last pull was; alarm on this, not on a queue")
        .strongReference(true)
        .register(registry);
  }

  public MeterRegistry registry() {
    return registry;
  }

  /// Shows how these channels stand.
  public void show(DeliveryChannels channels) {
    RouteMetrics.register(registry, channels.routes());
    times.by(channels.routes());
    Gauge.builder(PREFIX + "mailboxes.full", channels.fullMailboxes(), FullMailboxes::often)
        .description("addresses whose mailbox was found full again and again")
        .strongReference(true)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(PREFIX + name).description(description).register(registry);
  }

  void inFlight(Supplier<Number> count) {
    Gauge.builder(PREFIX + "in.flight", count)
        .description("backlogs in work")
        .strongReference(true)
        .register(registry);
  }

  void pulled(List<Due> batch) {
    pulled.increment(batch.size());
    long oldest = 0;
    for (Due due : batch) {
      Duration late = Duration.between(due.dueAt(), due.lease().grantedAt());
      oldest = Math.max(oldest, late.toMillis());
    }
    oldestDueMillis.set(oldest);
  }

  void pullFailed() {
    pullsFailed.increment();
  }

  @Override
  public void planned(Due due, Plan plan) {
    String kind =
        switch (plan) {
          case Plan.TellByPush _ -> "push";
          case Plan.TellByMail _ -> "email";
          case Plan.Cancel cancel -> "cancel_" + tag(cancel.reason());
          case Plan.Confirm confirm -> "confirm_" + tag(confirm.reason());
        };
    count("planned", "plan", kind);
  }

  /// The registry takes longer to find a counter than to count.
  private void count(String name, String... tags) {
    tagged
        .computeIfAbsent(
            new Tagged(name, List.of(tags)), _ -> registry.counter(PREFIX + name, tags))
        .increment();
  }

  /// As in the daemon's metrics: `provider_busy`.
  private static String tag(Reason reason) {
    return reason.name().replace("REASON_", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public void placed(Due due, Plan.Tell tell, List<Refused> refusals) {
    unsent(due, tell, refusals);
  }

  @Override
  public void unsent(Due due, Plan.Tell tell, List<Refused> refusals) {
    for (Refused refused : refusals) {
      String cause = refused.cause().name().toLowerCase(Locale.ROOT);
      count("unsent", "channel", channel(tell), "cause", cause);
    }
  }

  @Override
  public void sent(Due due, Plan.Tell tell, int target, Outcome outcome) {
    count("sent", "channel", channel(tell), "outcome", name(outcome));
    times.sent(due, tell, target, outcome);
  }

  @Override
  public void told(Due due, Plan.Tell tell, List<Outcome> outcomes) {
    deliveryLog.told(tell, outcomes);
    times.told(due, tell, outcomes);
  }

  private static String channel(Plan.Tell tell) {
    return switch (tell) {
      case Plan.TellByPush _ -> "push";
      case Plan.TellByMail _ -> "email";
    };
  }

  private static String name(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> "accepted";
      case Outcome.Unregistered _ -> "unregistered";
      case Outcome.Rejected _ -> "rejected";
      case Outcome.RetryAfter _ -> "retry_after";
      case Outcome.Unknown _ -> "unknown";
    };
  }

  @Override
  public void settled(Due due, Plan.Answer answer, List<Delivery> deliveries) {
    deliveryLog.settled(due.user(), answer, deliveries);
    String kind = answer instanceof Plan.Confirm ? "confirm" : "cancel";
    count("settled", "answer", kind, "reason", tag(answer.reason()));
  }

  @Override
  public void stale(Due due) {
    stale.increment();
  }

  @Override
  public void leaseLost(Due due, String reason) {
    leasesLost.increment();
    log.debug("lease {} of {} is lost: {}", due.lease().id(), due.user(), reason);
  }

  @Override
  public void failed(Due due, Throwable problem) {
    failed.increment();
    log.warn("backlog of {} under lease {}: {}", due.user(), due.lease().id(), problem.toString());
    log.debug("where it broke", problem);
  }

  /// The same renderer, timed.
  public Renderer timed(Renderer renderer) {
    return new Renderer() {
      @Override
      public PushText push(DigestContent digest) {
        return timed(() -> renderer.push(digest));
      }

      @Override
      public MailText mail(DigestContent digest) {
        return timed(() -> renderer.mail(digest));
      }
    };
  }

  private <T> T timed(Supplier<T> work) {
    Timer.Sample sample = Timer.start(registry);
    try {
      return work.get();
    } finally {
      sample.stop(render);
    }
  }

  /// One line of what was done since the start; none while that is nothing.
  public void logStats() {
    if (pulled.count() == 0) {
      return;
    }
    log.info(
        "since the start: {} pulled, {} pushes and {} mails accepted, {} found stale, {} leases lost,"
            + " {} failed; oldest due {} s",
        (long) pulled.count(),
        accepted("push"),
        accepted("email"),
        (long) stale.count(),
        (long) leasesLost.count(),
        (long) failed.count(),
        oldestDueMillis.get() / 1000);
  }

  private long accepted(String channel) {
    return (long)
        registry.counter(PREFIX + "sent", "channel", channel, "outcome", "accepted").count();
  }
}
