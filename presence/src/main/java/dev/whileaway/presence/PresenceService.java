package dev.whileaway.presence;

import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import dev.whileaway.v1.ConnectRequest;
import dev.whileaway.v1.ConnectResponse;
import dev.whileaway.v1.DisconnectRequest;
import dev.whileaway.v1.DisconnectResponse;
import dev.whileaway.v1.GetPresenceRequest;
import dev.whileaway.v1.GetPresenceResponse;
import dev.whileaway.v1.Presence;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.TouchRequest;
import dev.whileaway.v1.TouchResponse;
import dev.whileaway.v1.TouchStreamResponse;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/// Presence over gRPC. Moments are this service's own: a client says what happened, not when.
///
/// Handlers only touch memory, so they may run on the transport's thread. The host checks the field
/// rules of unary calls before they come here; those of a stream's elements are asked of
/// `wellFormed`, and what breaks them is counted and left out.
public final class PresenceService extends PresenceServiceGrpc.PresenceServiceImplBase {

  private final PresenceStore store;
  private final PresenceSettings settings;
  private final InstantSource clock;
  private final Predicate<TouchRequest> wellFormed;

  public PresenceService(
      PresenceStore store,
      PresenceSettings settings,
      InstantSource clock,
      Predicate<TouchRequest> wellFormed) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.wellFormed = wellFormed;
  }

  @Override
  public void touch(TouchRequest request, StreamObserver<TouchResponse> answer) {
    if (!touched(request)) {
      answer.onError(unknownSurface(request));
      return;
    }
    answer.onNext(TouchResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public StreamObserver<TouchRequest> touchStream(StreamObserver<TouchStreamResponse> answer) {
    return new Touches(answer);
  }

  @Override
  public void connect(ConnectRequest request, StreamObserver<ConnectResponse> answer) {
    Duration keepAlive =
        request.hasKeepAlive()
            ? Duration.ofMillis(Durations.toMillis(request.getKeepAlive()))
            : settings.defaultKeepAlive();
    store.connect(request.getUser(), clock.instant(), keepAlive);
    answer.onNext(ConnectResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void disconnect(DisconnectRequest request, StreamObserver<DisconnectResponse> answer) {
    store.disconnect(request.getUser());
    answer.onNext(DisconnectResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void getPresence(GetPresenceRequest request, StreamObserver<GetPresenceResponse> answer) {
    Instant now = clock.instant();
    var response = GetPresenceResponse.newBuilder();
    for (String user : request.getUsersList()) {
      response.addEntries(presence(user, store.read(user), now));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  private Presence presence(String user, PresenceReading reading, Instant now) {
    var presence =
        Presence.newBuilder().setUser(user).setOnline(settings.rule().online(reading, now));
    if (reading.lastWebAtMillis() > 0) {
      presence.setLastWebAt(timestamp(reading.lastWebAtMillis()));
    }
    if (reading.lastAppAtMillis() > 0) {
      presence.setLastAppAt(timestamp(reading.lastAppAtMillis()));
    }
    if (reading.connectedUntilMillis() > 0) {
      presence.setConnectedUntil(timestamp(reading.connectedUntilMillis()));
    }
    return presence.build();
  }

  /// The wire's last moment is the end of the year 9999.
  private static Timestamp timestamp(long millis) {
    return Timestamps.fromMillis(Math.min(millis, Timestamps.toMillis(Timestamps.MAX_VALUE)));
  }

  /// Returns false for a surface that this version does not know.
  private boolean touched(TouchRequest request) {
    return switch (request.getSurface()) {
      case SURFACE_WEB -> {
        store.touchWeb(request.getUser(), clock.instant());
        yield true;
      }
      case SURFACE_APP -> {
        store.touchApp(request.getUser(), clock.instant());
        yield true;
      }
      case SURFACE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  private static StatusException unknownSurface(TouchRequest request) {
    var violation =
        BadRequest.FieldViolation.newBuilder()
            .setField("surface")
            .setDescription(
                "expected %s or %s, but found %d"
                    .formatted(
                        Surface.SURFACE_WEB, Surface.SURFACE_APP, request.getSurfaceValue()));
    return StatusProto.toStatusException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage("surface: " + violation.getDescription())
            .addDetails(Any.pack(BadRequest.newBuilder().addFieldViolations(violation).build()))
            .build());
  }

  /// One stream of touches. Called by one thread at a time.
  private final class Touches implements StreamObserver<TouchRequest> {

    private final StreamObserver<TouchStreamResponse> answer;
    private long touched;
    private long refused;

    Touches(StreamObserver<TouchStreamResponse> answer) {
      this.answer = answer;
    }

    @Override
    public void onNext(TouchRequest request) {
      if (wellFormed.test(request) && touched(request)) {
        touched++;
      } else {
        refused++;
      }
    }

    /// The client went away; what it said so far stands, and nobody waits for the count.
    @Override
    public void onError(Throwable gone) {}

    @Override
    public void onCompleted() {
      answer.onNext(
          TouchStreamResponse.newBuilder().setTouched(touched).setRefused(refused).build());
      answer.onCompleted();
    }
  }
}
