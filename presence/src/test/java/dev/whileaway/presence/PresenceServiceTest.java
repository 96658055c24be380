package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.BadRequest;
import dev.whileaway.v1.ConnectRequest;
import dev.whileaway.v1.DisconnectRequest;
import dev.whileaway.v1.GetPresenceRequest;
import dev.whileaway.v1.Presence;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.TouchRequest;
import dev.whileaway.v1.TouchStreamResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceServiceTest {

  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final PresenceStore store = new HeapPresenceStore();

  private Server server;
  private ManagedChannel channel;
  private PresenceServiceGrpc.PresenceServiceBlockingStub presence;

  @BeforeEach
  void start() throws Exception {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(
                new PresenceService(
                    store,
                    TestSettings.in(Path.of("unused"), 100),
                    now::get,
                    touch -> !touch.getUser().isEmpty()))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    presence = PresenceServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void getPresence_ofAStranger_isOfflineWithoutMoments() {
    assertThat(get("anna")).isEqualTo(Presence.newBuilder().setUser("anna").build());
  }

  @Test
  void touch_onTheWeb_isOnlineForFifteenMinutes() {
    touch("anna", Surface.SURFACE_WEB);

    assertThat(get("anna").getLastWebAt()).isEqualTo(Timestamps.fromMillis(START.toEpochMilli()));
    assertThat(get("anna").hasLastAppAt()).isFalse();
    assertOnlineUntil("anna", START.plus(Duration.ofMinutes(15)));
  }

  /// TRAPS 11: someone who closes the laptop is not online for ever; what was put off is told.
  @Test
  void touch_inTheApp_isOnlineOnlyWithAConnection() {
    touch("anna", Surface.SURFACE_APP);
    assertThat(get("anna").getOnline()).isFalse();

    presence.connect(ConnectRequest.newBuilder().setUser("anna").build());
    assertOnlineUntil("anna", START.plus(Duration.ofMinutes(15)));
  }

  @Test
  void connect_withoutAKeepAlive_isOpenForTheDefault() {
    presence.connect(ConnectRequest.newBuilder().setUser("anna").build());

    assertThat(get("anna").getConnectedUntil())
        .isEqualTo(Timestamps.fromMillis(START.plus(Duration.ofHours(24)).toEpochMilli()));
  }

  @Test
  void connect_withAKeepAlive_isOnlineUntilItHasPassed() {
    presence.connect(
        ConnectRequest.newBuilder()
            .setUser("anna")
            .setKeepAlive(Durations.fromSeconds(90))
            .build());

    assertOnlineUntil("anna", START.plusSeconds(90));
  }

  @Test
  void disconnect_isOfflineAtOnce_andNoActivity() {
    presence.connect(ConnectRequest.newBuilder().setUser("anna").build());
    now.set(START.plusSeconds(1));

    presence.disconnect(DisconnectRequest.newBuilder().setUser("anna").build());

    assertThat(get("anna"))
        .isEqualTo(
            Presence.newBuilder()
                .setUser("anna")
                .setLastAppAt(Timestamps.fromMillis(START.toEpochMilli()))
                .build());
  }

  @Test
  void getPresence_connectedForEver_saysTheLastMomentOfTheWire() {
    store.connect("anna", START, Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(Timestamps.isValid(get("anna").getConnectedUntil())).isTrue();
    assertThat(get("anna").getOnline()).isTrue();
  }

  @Test
  void touch_onASurfaceOfTheFuture_isRefused_andTheFieldIsNamed() {
    var request = TouchRequest.newBuilder().setUser("anna").setSurfaceValue(77).build();

    var refusal = catchThrowableOfType(StatusRuntimeException.class, () -> presence.touch(request));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(violations(refusal))
        .containsExactly(
            BadRequest.FieldViolation.newBuilder()
                .setField("surface")
                .setDescription("expected SURFACE_WEB or SURFACE_APP, but found 77")
                .build());
    assertThat(store.usage().entries()).isZero();
  }

  @Test
  void touchStream_countsWhatItTook_andWhatBrokeARule() {
    var answer = new Answer();
    var touches = PresenceServiceGrpc.newStub(channel).touchStream(answer);
    touches.onNext(request("anna", Surface.SURFACE_WEB));
    touches.onNext(request("", Surface.SURFACE_WEB));
    touches.onNext(request("bob", Surface.SURFACE_UNSPECIFIED));
    touches.onNext(request("carl", Surface.SURFACE_APP));
    touches.onCompleted();

    assertThat(answer.result.join())
        .isEqualTo(TouchStreamResponse.newBuilder().setTouched(2).setRefused(2).build());
    assertThat(store.read("anna").lastWebAtMillis()).isEqualTo(START.toEpochMilli());
    assertThat(store.read("bob")).isEqualTo(PresenceReading.NEVER);
    assertThat(store.read("carl").lastAppAtMillis()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void touchStream_cancelled_keepsWhatItTook() {
    var answer = new Answer();
    var touches = PresenceServiceGrpc.newStub(channel).touchStream(answer);
    touches.onNext(request("anna", Surface.SURFACE_WEB));
    touches.onError(Status.CANCELLED.asException());

    assertThat(answer.result).isCompletedExceptionally();
    assertThat(store.read("anna").lastWebAtMillis()).isEqualTo(START.toEpochMilli());
  }

  private void assertOnlineUntil(String user, Instant end) {
    now.set(end.minusMillis(1));
    assertThat(get(user).getOnline()).isTrue();
    now.set(end);
    assertThat(get(user).getOnline()).isFalse();
    now.set(end.plusMillis(1));
    assertThat(get(user).getOnline()).isFalse();
  }

  private Presence get(String user) {
    return presence
        .getPresence(GetPresenceRequest.newBuilder().addUsers(user).build())
        .getEntries(0);
  }

  private void touch(String user, Surface surface) {
    presence.touch(request(user, surface));
  }

  private static TouchRequest request(String user, Surface surface) {
    return TouchRequest.newBuilder().setUser(user).setSurface(surface).build();
  }

  private static List<BadRequest.FieldViolation> violations(StatusRuntimeException refusal)
      throws AssertionError {
    try {
      return StatusProto.fromThrowable(refusal)
          .getDetails(0)
          .unpack(BadRequest.class)
          .getFieldViolationsList();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /// The answer to a stream, or why there is none.
  private static final class Answer implements StreamObserver<TouchStreamResponse> {

    final CompletableFuture<TouchStreamResponse> result = new CompletableFuture<>();

    @Override
    public void onNext(TouchStreamResponse response) {
      result.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      result.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
