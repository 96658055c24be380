package dev.whileaway.ops.demo;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.whileaway.ops.trace.TraceAction;
import dev.whileaway.v1.ConnectRequest;
import dev.whileaway.v1.DisconnectRequest;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.EventServiceGrpc.EventServiceFutureStub;
import dev.whileaway.v1.ForgetRequest;
import dev.whileaway.v1.ImportProfilesRequest;
import dev.whileaway.v1.ImportProfilesResponse;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.PresenceServiceGrpc.PresenceServiceFutureStub;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.TouchRequest;
import dev.whileaway.v1.VisitRequest;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Plays actions to a server when their time has come. What happens to one user happens in order:
/// the next call waits for the answer to the one before.
final class Player {

  private static final int CALLS_MAX = 256;

  private final EventServiceFutureStub events;
  private final PresenceServiceFutureStub presence;
  private final ManagedChannel channel;
  private final Cast cast;
  private final Function<Integer, String> typeName;
  private final Map<String, ListenableFuture<?>> lastOfUser = new HashMap<>();
  private final Semaphore calls = new Semaphore(CALLS_MAX);
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Player(ManagedChannel channel, Cast cast, Function<Integer, String> typeName) {
    this.channel = channel;
    this.events = EventServiceGrpc.newFutureStub(channel);
    this.presence = PresenceServiceGrpc.newFutureStub(channel);
    this.cast = cast;
    this.typeName = typeName;
  }

  /// Events that the server has acknowledged.
  long acknowledged() {
    return acknowledged.get();
  }

  void putProfiles(List<Profile> profiles) throws DemoException, InterruptedException {
    var answer = new CompletableFuture<ImportProfilesResponse>();
    StreamObserver<ImportProfilesRequest> stream =
        ProfileServiceGrpc.newStub(channel).importProfiles(new Answer<>(answer));
    for (Profile profile : profiles) {
      stream.onNext(ImportProfilesRequest.newBuilder().setProfile(profile).build());
    }
    stream.onCompleted();
    try {
      ImportProfilesResponse response = answer.get();
      if (response.getImported() != profiles.size()) {
        throw new DemoException(
            "expected %d profiles to be taken, but found %d refused: %s"
                .formatted(profiles.size(), response.getRefused(), response.getViolationsList()));
      }
    } catch (ExecutionException e) {
      throw new DemoException("profiles: " + e.getCause());
    }
  }

  /// Returns when all is played and answered.
  ///
  /// @param clock the server's time
  void play(List<TraceAction> actions, InstantSource clock, double speed)
      throws DemoException, InterruptedException {
    for (TraceAction action : actions) {
      waitUntil(action.at(), clock, speed);
      calls.acquire();
      ListenableFuture<?> before =
          lastOfUser.getOrDefault(action.user(), Futures.immediateVoidFuture());
      ListenableFuture<?> call =
          Futures.transformAsync(before, done -> send(action), MoreExecutors.directExecutor());
      lastOfUser.put(action.user(), call);
      Futures.addCallback(call, new Ended(action), MoreExecutors.directExecutor());
      throwIfFailed();
    }
    calls.acquire(CALLS_MAX);
    throwIfFailed();
  }

  private static void waitUntil(Instant at, InstantSource clock, double speed)
      throws InterruptedException {
    for (Duration early = Duration.between(clock.instant(), at);
        early.isPositive();
        early = Duration.between(clock.instant(), at)) {
      // Real time: the clock shows `speed` times as much.
      Thread.sleep(Math.max(1, Math.min(100, (long) (early.toMillis() / speed))));
    }
  }

  private void throwIfFailed() throws DemoException {
    Throwable problem = failure.get();
    if (problem != null) {
      throw new DemoException("a call failed: " + problem.getMessage());
    }
  }

  private ListenableFuture<?> send(TraceAction action) {
    String user = action.user();
    return switch (action) {
      case TraceAction.Report report -> events.report(request(report));
      case TraceAction.Visit visit ->
          events.visit(VisitRequest.newBuilder().setUser(user).setSurface(visit.surface()).build());
      case TraceAction.View view ->
          events.visit(
              VisitRequest.newBuilder()
                  .setUser(user)
                  .setSurface(view.surface())
                  .addAllTypes(view.types().stream().map(typeName).toList())
                  .build());
      case TraceAction.Touch touch ->
          presence.touch(
              TouchRequest.newBuilder().setUser(user).setSurface(touch.surface()).build());
      case TraceAction.Connect connect ->
          presence.connect(ConnectRequest.newBuilder().setUser(user).build());
      case TraceAction.Disconnect disconnect ->
          presence.disconnect(DisconnectRequest.newBuilder().setUser(user).build());
      case TraceAction.Forget forget ->
          events.forget(ForgetRequest.newBuilder().setUser(user).build());
      case TraceAction.Profile profile ->
          throw new IllegalStateException("expected profiles first, but found " + profile);
    };
  }

  private ReportRequest request(TraceAction.Report report) {
    return ReportRequest.newBuilder()
        .addEvents(
            Event.newBuilder()
                .setRecipient(report.user())
                .setSender(report.sender())
                .setType(typeName.apply(report.type()))
                .setData(cast.words(report)))
        .build();
  }

  /// Counts an answer, and lets the next call in.
  private final class Ended implements FutureCallback<Object> {
    private final TraceAction action;

    Ended(TraceAction action) {
      this.action = action;
    }

    @Override
    public void onSuccess(@Nullable Object answer) {
      if (action instanceof TraceAction.Report) {
        acknowledged.incrementAndGet();
      }
      calls.release();
    }

    @Override
    public void onFailure(Throwable problem) {
      failure.compareAndSet(null, problem);
      calls.release();
    }
  }

  /// One answer of a stream.
  private record Answer<T>(CompletableFuture<T> future) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {
      future.complete(value);
    }

    @Override
    public void onError(Throwable problem) {
      future.completeExceptionally(problem);
    }

    @Override
    public void onCompleted() {}
  }
}
