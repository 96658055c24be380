package dev.whileaway.worker.retract;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.DigestId;
import dev.whileaway.worker.plan.Planner;
import dev.whileaway.worker.plan.UserState;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes seen pushes off the devices that can do it. Best effort: what finds no time is left out,
/// and nobody is told how it went but the metrics. Safe for use by many threads.
public final class Retractor {

  private static final Logger log = LoggerFactory.getLogger(Retractor.class);

  /// Batches in work at once; more are left out.
  private static final int BATCHES_MAX = 4;

  private final Users users;
  private final PushSender push;
  private final MeterRegistry registry;
  private final Executor threads;
  private final Semaphore places = new Semaphore(BATCHES_MAX);

  public Retractor(Users users, PushSender push, MeterRegistry registry, Executor threads) {
    this.users = users;
    this.push = push;
    this.registry = registry;
    this.threads = threads;
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
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        log.debug("{} pushes are not taken back", seen.size(), e);
        count("left_out", seen.size());
      } finally {
        places.release();
      }
    });
  }

  private void retract(List<SeenPush> seen) throws InterruptedException {
    Map<String, UserState> known =
        users.states(seen.stream().map(SeenPush::user).collect(Collectors.toSet()));
    for (SeenPush one : seen) {
      Profile profile = known.getOrDefault(one.user(), UserState.UNKNOWN).profileOrEmpty();
      for (Device device : profile.getDevicesList()) {
        if (had(device, one) && push.retracts(device)) {
          retract(one, device);
        }
      }
    }
  }

  private void retract(SeenPush seen, Device device) throws InterruptedException {
    Outcome outcome =
        push.retract(
            new Retraction(
                device,
                seen.digestId(),
                DigestId.collapseKey(seen.user()),
                seen.toldAt().plus(Planner.PUSH_LIFETIME)));
    count(outcome instanceof Outcome.Accepted ? "accepted" : "not_accepted", 1);
    log.debug("user {}: push {} taken back: {}", seen.user(), seen.digestId(), outcome);
  }

  /// A token that was registered after the push may be another user's phone (TRAPS 39).
  private static boolean had(Device device, SeenPush seen) {
    return Timestamps.toMillis(device.getRegisteredAt()) <= seen.toldAt().toEpochMilli();
  }

  private void count(String outcome, int times) {
    registry.counter("whileaway.worker.retractions", "outcome", outcome).increment(times);
  }
}
