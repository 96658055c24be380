package dev.whileaway.ops.crash;

import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A product's back end that reports from several threads, and remembers what was acknowledged.
/// What a dead server left unanswered it reports again, as a client should.
final class Reporters {

  static final int THREADS = 3;
  private static final int EVENTS_PER_REPORT_MAX = 5;
  private static final int EVENTS_PER_REQUEST_MAX = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger made = new AtomicInteger();
  private final Queue<Event> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<ReportRequest> unanswered = new ConcurrentLinkedQueue<>();

  /// All so far, in the order of their acknowledgements.
  List<Event> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /// Reports a few events of some users.
  void report(Channel channel, Cohort cohort, Random random) {
    var events = new ArrayList<Event>();
    for (int i = random.nextInt(EVENTS_PER_REPORT_MAX); i >= 0; i--) {
      events.add(event(cohort.any(random), "message"));
    }
    send(channel, request(events));
  }

  /// Reports one event.
  void report(Channel channel, String user, String type) {
    send(channel, request(List.of(event(user, type))));
  }

  /// Reports again what had no answer. It may have been taken: the event ids tell.
  void reportUnanswered(Channel channel) {
    int requests = unanswered.size();
    for (int i = 0; i < requests; i++) {
      send(channel, unanswered.remove());
    }
  }

  /// Reports again what was acknowledged before.
  ///
  /// @return the events that were not known any more
  static List<Event> unknown(Channel channel, List<Event> events) {
    var unknown = new ArrayList<Event>();
    for (int from = 0; from < events.size(); from += EVENTS_PER_REQUEST_MAX) {
      var some = events.subList(from, Math.min(events.size(), from + EVENTS_PER_REQUEST_MAX));
      Set<Integer> known = new HashSet<>(report(channel, request(some)).getDuplicatesList());
      for (int i = 0; i < some.size(); i++) {
        if (!known.contains(i)) {
          unknown.add(some.get(i));
        }
      }
    }
    return unknown;
  }

  private void send(Channel channel, ReportRequest request) {
    try {
      var _ = report(channel, request);
      acknowledged.addAll(request.getEventsList());
    } catch (StatusRuntimeException e) {
      // Anything else is no death.
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
      unanswered.add(request);
    }
  }

  private Event event(String user, String type) {
    EventName name = EventName.of(made.incrementAndGet());
    return Event.newBuilder()
        .setRecipient(user)
        .setSender(name.sender())
        .setType(type)
        .setData(name.id())
        .setEventId(name.id())
        .build();
  }

  private static ReportRequest request(List<Event> events) {
    return ReportRequest.newBuilder().addAllEvents(events).build();
  }

  private static ReportResponse report(Channel channel, ReportRequest request) {
    return EventServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE).report(request);
  }
}
