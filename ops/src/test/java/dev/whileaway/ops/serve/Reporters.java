package dev.whileaway.ops.serve;

import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A product's back end that reports from several threads, and remembers what was acknowledged.
/// What a dead server left unanswered it reports again, as a client should.
final class Reporters {

  private static final int THREADS = 4;
  private static final int EVENTS_PER_REPORT_MAX = 5;
  private static final int EVENTS_PER_REQUEST_MAX = 1000;
  private static final Duration BETWEEN_REPORTS = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final long seed;
  private final int users;
  private final AtomicInteger made = new AtomicInteger();
  private final Queue<Event> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<ReportRequest> unanswered = new ConcurrentLinkedQueue<>();

  Reporters(long seed, int users) {
    this.seed = seed;
    this.users = users;
  }

  static String user(int number) {
    return "user-" + number;
  }

  /// All so far.
  List<Event> acknowledged() {
    return List.copyOf(acknowledged);
  }

  int unanswered() {
    return unanswered.size();
  }

  /// Reports until the server is dead.
  void reportUntilDeath(Channel channel, ProcessHandle server) throws Exception {
    var threads = new ArrayList<Future<?>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        var random = new Random(seed + made.get() + i);
        threads.add(
            executor.submit(() -> {
              do {
                send(channel, next(random));
              } while (!diesWithin(server, BETWEEN_REPORTS));
              return null;
            }));
      }
    }
    for (var thread : threads) {
      thread.get();
    }
  }

  /// Reports again what had no answer. It may have been taken: the event ids tell.
  void reportUnanswered(Channel channel) {
    int requests = unanswered.size();
    for (int i = 0; i < requests; i++) {
      send(channel, unanswered.remove());
    }
  }

  /// Reports events that were acknowledged before.
  ///
  /// @return how many of them were known
  static int reportAgain(Channel channel, List<Event> events) {
    int known = 0;
    for (int from = 0; from < events.size(); from += EVENTS_PER_REQUEST_MAX) {
      var some = events.subList(from, Math.min(events.size(), from + EVENTS_PER_REQUEST_MAX));
      known += report(channel, request(some)).getDuplicatesCount();
    }
    return known;
  }

  private void send(Channel channel, ReportRequest request) {
    try {
      var _ = report(channel, request);
      acknowledged.addAll(request.getEventsList());
    } catch (StatusRuntimeException e) {
      // Anything else is no death, and fails the test.
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
      unanswered.add(request);
    }
  }

  private ReportRequest next(Random random) {
    var events = new ArrayList<Event>();
    for (int i = random.nextInt(EVENTS_PER_REPORT_MAX); i >= 0; i--) {
      String id = "ev%06d".formatted(made.incrementAndGet());
      events.add(
          Event.newBuilder()
              .setRecipient(user(random.nextInt(users)))
              .setSender("sender-" + random.nextInt(5))
              .setType("message")
              // A mail quotes it, and so names the event.
              .setData(id)
              .setEventId(id)
              .build());
    }
    return request(events);
  }

  private static ReportRequest request(List<Event> events) {
    return ReportRequest.newBuilder().addAllEvents(events).build();
  }

  private static ReportResponse report(Channel channel, ReportRequest request) {
    return EventServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE).report(request);
  }

  private static boolean diesWithin(ProcessHandle server, Duration time)
      throws InterruptedException, ExecutionException {
    try {
      var _ = server.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
