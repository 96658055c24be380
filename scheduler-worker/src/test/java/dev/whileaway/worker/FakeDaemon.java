package dev.whileaway.worker;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.whileaway.presence.PresenceReading;
import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.BeginSendRequest;
import dev.whileaway.v1.BeginSendResponse;
import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.CancelRequest;
import dev.whileaway.v1.CancelResponse;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.ConfirmRequest;
import dev.whileaway.v1.ConfirmResponse;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.GetPresenceRequest;
import dev.whileaway.v1.GetPresenceResponse;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.GetProfilesResponse;
import dev.whileaway.v1.NoteStepsRequest;
import dev.whileaway.v1.NoteStepsResponse;
import dev.whileaway.v1.Presence;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PullDueRequest;
import dev.whileaway.v1.PullDueResponse;
import dev.whileaway.v1.UnregisterDeviceRequest;
import dev.whileaway.v1.UnregisterDeviceResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The daemons' services over the in-process transport, around a [FakeShard]. It can be told to
/// fail, and to do something just before a call.
final class FakeDaemon implements AutoCloseable {

  /// What can be asked of it.
  enum Call {
    PULL,
    BEGIN,
    CONFIRM,
    CANCEL,
    PROFILES,
    PRESENCE,
    UNREGISTER,
    NOTE_STEPS
  }

  final TestClock clock = new TestClock();
  final List<UnregisterDeviceRequest> unregistered = new ArrayList<>();
  final List<NoteStepsRequest> steps = new CopyOnWriteArrayList<>();
  final Map<Call, AtomicInteger> calls = new HashMap<>();
  final ManagedChannel channel;

  private final FakeShard shard = new FakeShard(clock);
  private final Map<String, Profile> profiles = new HashMap<>();
  private final Set<String> forgotten = new HashSet<>();
  private final Map<String, PresenceReading> presence = new HashMap<>();
  private final Map<Call, Integer> failures = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private Consumer<FakeShard> beforeBegin = _ -> {};
  private boolean loseAnswerOfPull;
  private volatile PullDueRequest lastPull = PullDueRequest.getDefaultInstance();
  private final Server server;

  FakeDaemon() {
    for (Call call : Call.values()) {
      calls.put(call, new AtomicInteger());
    }
    String name = UUID.randomUUID().toString();
    try {
      server =
          InProcessServerBuilder.forName(name)
              .directExecutor()
              .addService(new Digests())
              .addService(new Profiles())
              .addService(new PresenceOf())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  /// Looks at, or changes, the shard.
  synchronized <T> T shard(Function<FakeShard, T> use) {
    return use.apply(shard);
  }

  synchronized FakeDaemon report(String user, String type, String sender) {
    shard.report(user, type, sender);
    return this;
  }

  synchronized FakeDaemon profile(Profile profile) {
    profiles.put(profile.getUser(), profile);
    return this;
  }

  synchronized void forget(String user) {
    forgotten.add(user);
  }

  synchronized void presence(String user, PresenceReading reading) {
    presence.put(user, reading);
  }

  /// The next `times` calls are UNAVAILABLE.
  synchronized void fail(Call call, int times) {
    failures.put(call, times);
  }

  /// Begin-sends that hold this user are INVALID_ARGUMENT.
  synchronized void refuse(String user) {
    refused.add(user);
  }

  PullDueRequest lastPull() {
    return lastPull;
  }

  /// The next pull leases, and its answer gets lost.
  synchronized void loseAnswerOfPull() {
    loseAnswerOfPull = true;
  }

  /// Done once, as the next begin-send arrives.
  synchronized void beforeBegin(Consumer<FakeShard> action) {
    beforeBegin = action;
  }

  int count(Call call) {
    return calls.get(call).get();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private synchronized <A> void answer(Call call, StreamObserver<A> observer, Supplier<A> work) {
    calls.get(call).incrementAndGet();
    try {
      if (failures.merge(call, -1, (left, one) -> Math.max(-1, left + one)) >= 0) {
        throw Status.UNAVAILABLE.withDescription("the fake is away").asRuntimeException();
      }
      A answer = work.get();
      observer.onNext(answer);
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    }
  }

  private final class Digests extends DigestServiceGrpc.DigestServiceImplBase {
    @Override
    public void pullDue(PullDueRequest request, StreamObserver<PullDueResponse> observer) {
      lastPull = request;
      answer(
          Call.PULL,
          observer,
          () -> {
            Duration ttl = Duration.ofMillis(Durations.toMillis(request.getLeaseTtl()));
            var due = shard.pull(request.getLimit(), ttl);
            if (loseAnswerOfPull && !due.isEmpty()) {
              loseAnswerOfPull = false;
              throw Status.UNAVAILABLE.withDescription("answer lost").asRuntimeException();
            }
            return PullDueResponse.newBuilder().addAllDue(due).build();
          });
    }

    @Override
    public void beginSend(BeginSendRequest request, StreamObserver<BeginSendResponse> observer) {
      answer(
          Call.BEGIN,
          observer,
          () -> {
            Consumer<FakeShard> action = beforeBegin;
            beforeBegin = _ -> {};
            action.accept(shard);
            var response = BeginSendResponse.newBuilder();
            for (BeginSendItem item : request.getItemsList()) {
              if (refused.contains(item.getLease().getUser())) {
                throw Status.INVALID_ARGUMENT.withDescription("refused").asRuntimeException();
              }
            }
            request.getItemsList().forEach(item -> response.addResults(shard.begin(item)));
            return response.build();
          });
    }

    @Override
    public void confirm(ConfirmRequest request, StreamObserver<ConfirmResponse> observer) {
      answer(
          Call.CONFIRM,
          observer,
          () -> {
            var response = ConfirmResponse.newBuilder();
            for (ConfirmItem item : request.getItemsList()) {
              response.addResults(shard.confirm(item));
            }
            return response.build();
          });
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<CancelResponse> observer) {
      answer(
          Call.CANCEL,
          observer,
          () -> {
            var response = CancelResponse.newBuilder();
            for (CancelItem item : request.getItemsList()) {
              response.addResults(shard.cancel(item));
            }
            return response.build();
          });
    }

    @Override
    public void noteSteps(NoteStepsRequest request, StreamObserver<NoteStepsResponse> observer) {
      answer(
          Call.NOTE_STEPS,
          observer,
          () -> {
            steps.add(request);
            return NoteStepsResponse.getDefaultInstance();
          });
    }
  }

  private final class Profiles extends ProfileServiceGrpc.ProfileServiceImplBase {
    @Override
    public void getProfiles(
        GetProfilesRequest request, StreamObserver<GetProfilesResponse> observer) {
      answer(
          Call.PROFILES,
          observer,
          () -> {
            if (request.getUsersCount() > 5000) {
              throw Status.INVALID_ARGUMENT.asRuntimeException();
            }
            var response = GetProfilesResponse.newBuilder();
            request.getUsersList().forEach(user -> response.addEntries(entry(user)));
            return response.build();
          });
    }

    private ProfileEntry entry(String user) {
      var entry = ProfileEntry.newBuilder().setUser(user);
      if (forgotten.contains(user)) {
        return entry.setForgotten(ProfileEntry.Forgotten.getDefaultInstance()).build();
      }
      Profile profile = profiles.get(user);
      return profile == null
          ? entry.setUnknown(ProfileEntry.Unknown.getDefaultInstance()).build()
          : entry.setProfile(profile).build();
    }

    @Override
    public void unregisterDevice(
        UnregisterDeviceRequest request, StreamObserver<UnregisterDeviceResponse> observer) {
      answer(
          Call.UNREGISTER,
          observer,
          () -> {
            unregistered.add(request);
            return UnregisterDeviceResponse.newBuilder().setRemoved(true).build();
          });
    }
  }

  private final class PresenceOf extends PresenceServiceGrpc.PresenceServiceImplBase {
    @Override
    public void getPresence(
        GetPresenceRequest request, StreamObserver<GetPresenceResponse> observer) {
      answer(
          Call.PRESENCE,
          observer,
          () -> {
            var response = GetPresenceResponse.newBuilder();
            for (String user : request.getUsersList()) {
              PresenceReading reading = presence.getOrDefault(user, PresenceReading.NEVER);
              response.addEntries(
                  Presence.newBuilder()
                      .setUser(user)
                      .setLastWebAt(Timestamps.fromMillis(reading.lastWebAtMillis()))
                      .setLastAppAt(Timestamps.fromMillis(reading.lastAppAtMillis()))
                      .setConnectedUntil(Timestamps.fromMillis(reading.connectedUntilMillis())));
            }
            return response.build();
          });
    }
  }
}
