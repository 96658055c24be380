package dev.whileaway.worker.pull;

import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Reason;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log what an operator must hear of deliveries: that a channel fails, that it works
/// again, and each digest that is given up. Of the thousand failures between it says nothing. Safe
/// for use by many threads.
final class DeliveryLog {

  private static final Logger log = LoggerFactory.getLogger(DeliveryLog.class);

  /// A provider that is busy now and then is not told of each time.
  static final Duration QUIET = Duration.ofMinutes(10);

  private static final Channel MAIL = new Channel(Optional.empty(), "");

  private final InstantSource clock;
  private final Map<Channel, Outage> outages = new ConcurrentHashMap<>();

  DeliveryLog(InstantSource clock) {
    this.clock = clock;
  }

  void told(Plan.Tell tell, List<Outcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      Channel channel = channel(tell, i);
      switch (outcomes.get(i)) {
        case Outcome.Accepted _ -> over(channel);
        case Outcome.RetryAfter(_, _, var detail) -> failed(channel, detail);
        case Outcome.Unknown(var detail) -> failed(channel, detail);
        // These speak of a recipient, not of the channel.
        case Outcome.Unregistered _, Outcome.Rejected _ -> {}
      }
    }
  }

  private static Channel channel(Plan.Tell tell, int index) {
    return switch (tell) {
      case Plan.TellByPush push -> {
        Device device = push.devices().get(index);
        yield new Channel(Optional.of(device.getPlatform()), device.getApp());
      }
      case Plan.TellByMail _ -> MAIL;
    };
  }

  /// Kept only for what has failed. These are few: an app that its platform does not know is
  /// refused.
  private void failed(Channel channel, String detail) {
    outages.computeIfAbsent(channel, Outage::new).failed(detail);
  }

  private void over(Channel channel) {
    Outage outage = outages.get(channel);
    if (outage != null) {
      outage.over();
    }
  }

  /// What fails by itself: an app of a platform, or e-mail.
  ///
  /// @param platform empty: e-mail
  /// @param app empty: the one without a name
  private record Channel(Optional<Platform> platform, String app) {
    @Override
    public String toString() {
      return platform
          .map(one -> one.name().replace("PLATFORM_", "").toLowerCase(Locale.ROOT))
          .map(word -> "push (" + (word + " " + app).strip() + ")")
          .orElse("e-mail");
    }
  }

  void settled(String user, Plan.Answer answer, List<Delivery> deliveries) {
    if (answer instanceof Plan.Confirm(var reason, var words) && reason == Reason.REASON_FAILED) {
      log.warn("user {}: {}{}", user, words, details(deliveries));
    }
  }

  private static String details(List<Delivery> deliveries) {
    return deliveries.isEmpty()
        ? ""
        : deliveries.stream()
            .map(Delivery::getDetail)
            .distinct()
            .collect(Collectors.joining("; ", " (", ")"));
  }

  /// Whether a channel fails now, and what was said of it.
  private final class Outage {

    private final Channel channel;
    private long failures;
    private boolean said;
    private Instant quietUntil = Instant.MIN;

    Outage(Channel channel) {
      this.channel = channel;
    }

    synchronized void failed(String detail) {
      failures++;
      Instant now = clock.instant();
      if (said || now.isBefore(quietUntil)) {
        return;
      }
      said = true;
      quietUntil = now.plus(QUIET);
      log.warn("{} cannot be sent now: {}; digests wait and are tried again", channel, detail);
    }

    synchronized void over() {
      if (said) {
        log.info("{} can be sent again, after {} failed sends", channel, failures);
      }
      said = false;
      failures = 0;
    }
  }
}
