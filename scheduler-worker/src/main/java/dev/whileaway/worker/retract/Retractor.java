package dev.whileaway.worker.retract;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.deliver.Way;
import dev.whileaway.worker.pipeline.FanOut;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.DigestId;
import dev.whileaway.worker.plan.Planner;
import dev.whileaway.worker.plan.UserState;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes seen pushes off the devices that can do it: one after the other on each way, which is to
/// stay half free, and all ways at once. On one that does not take them the rest is left out: what
/// comes late could push a newer digest aside at a phone that is off. Best effort; nobody is told
/// how it went but the metrics. Safe for use by many threads.
public final class Retractor {

  private static final Logger log = LoggerFactory.getLogger(Retractor.class);

  /// Batches in work at once; more are left out.
  private static final int BATCHES_MAX = 32;

  private final Users users;
  private final PushSender push;
  private final MeterRegistry registry;
  private final Executor threads;
  private final FanOut fanOut;
  private final Semaphore places = new Semaphore(BATCHES_MAX);

  /// @param threads runs a batch
  /// @param fanOut runs the ways of a batch side by side
  public Retractor(
      Users users, PushSender push, MeterRegistry registry, Executor threads, FanOut fanOut) {
    this.users = users;
    this.push = push;
    this.registry = registry;
    this.threads = threads;
    this.fanOut = fanOut;
  }

  /// Begins to take these back; does not wait.
  public void take(List<SeenPush> seen) {
    if (seen.isEmpty()) {
      return;
    }
    if (!places.tryAcquire()) {
      count("left_out", seen.size());
      return;
    }
    threads.execute(() -> {
      try {
        retract(seen);
      } catch (RuntimeException e) {
        log.debug("{} pushes are not taken back", seen.size(), e);
        count("left_out", seen.size());
      } finally {
        places.release();
      }
    });
  }

  private void retract(List<SeenPush> seen) {
    Map<String, UserState> known =
        users.states(seen.stream().map(SeenPush::user).collect(Collectors.toSet()));
    Map<Way, Deque<Retraction>> byWay = new LinkedHashMap<>();
    for (SeenPush one : seen) {
      Profile profile = known.getOrDefault(one.user(), UserState.UNKNOWN).profileOrEmpty();
      for (Device device : profile.getDevicesList()) {
        if (had(device, one) && push.retracts(device)) {
          byWay
              .computeIfAbsent(push.way(device), _ -> new ArrayDeque<>())
              .add(retraction(one, device));
        }
      }
    }
    List<Supplier<Outcome>> ways = new ArrayList<>();
    byWay.values().forEach(line -> ways.add(() -> inOrder(line)));
    var _ = fanOut.run(ways);
  }

  private static Retraction retraction(SeenPush seen, Device device) {
    return new Retraction(
        device,
        seen.digestId(),
        DigestId.collapseKey(seen.user()),
        seen.toldAt().plus(Planner.PUSH_LIFETIME));
  }

  /// @return how the last one went
  private Outcome inOrder(Deque<Retraction> line) {
    while (true) {
      Retraction next = line.remove();
      Outcome outcome = send(next);
      count(outcome instanceof Outcome.Accepted ? "accepted" : "not_accepted", 1);
      log.debug("push {} taken back: {}", next.digestId(), outcome);
      boolean wayTakesNone =
          outcome instanceof Outcome.RetryAfter || outcome instanceof Outcome.Unknown;
      if (line.isEmpty() || wayTakesNone) {
        count("left_out", line.size());
        return outcome;
      }
    }
  }

  private Outcome send(Retraction retraction) {
    try {
      return push.retract(retraction);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Unknown("interrupted while sending");
    } catch (RuntimeException e) {
      return new Outcome.Unknown("the sender broke: " + e);
    }
  }

  /// A token that was registered after the push may be another user's phone (TRAPS 39).
  private static boolean had(Device device, SeenPush seen) {
    return Timestamps.toMillis(device.getRegisteredAt()) <= seen.toldAt().toEpochMilli();
  }

  private void count(String outcome, int times) {
    registry.counter("whileaway.worker.retractions", "outcome", outcome).increment(times);
  }
}
