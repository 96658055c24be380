package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.v1.GetPresenceRequest;
import dev.whileaway.v1.Presence;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.TouchRequest;
import dev.whileaway.v1.TouchStreamResponse;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// As it runs in production: a real socket, handlers on the transport's thread, the mapped file.
class PresenceOverTheWireTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void fiveThousandUsers_touchedOnAStream_areReadInOneCall_inOrder() throws Exception {
    var settings = TestSettings.in(folder, 10_000);
    try (var store = ChroniclePresenceStore.open(settings, () -> NOW)) {
      var service = new PresenceService(store, settings, () -> NOW, _ -> true);
      var server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .directExecutor()
              .addService(service)
              .build()
              .start();
      var channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
      try {
        List<String> users = IntStream.range(0, 5_000).mapToObj(i -> "user" + i).toList();
        // Every second one, so that those never seen stand between the others.
        var touched = IntStream.range(0, 2_500).mapToObj(i -> "user" + i * 2).toList();
        assertThat(touch(PresenceServiceGrpc.newStub(channel), touched)).isEqualTo(2_500);

        var entries =
            PresenceServiceGrpc.newBlockingStub(channel)
                .getPresence(GetPresenceRequest.newBuilder().addAllUsers(users).build())
                .getEntriesList();

        assertThat(entries).extracting(Presence::getUser).isEqualTo(users);
        assertThat(entries)
            .filteredOn(Presence::getOnline)
            .extracting(Presence::getUser)
            .isEqualTo(touched);
      } finally {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      }
    }
  }

  private static long touch(PresenceServiceGrpc.PresenceServiceStub stub, List<String> users) {
    var count = new CompletableFuture<Long>();
    StreamObserver<TouchRequest> touches =
        stub.touchStream(
            new StreamObserver<>() {
              @Override
              public void onNext(TouchStreamResponse response) {
                count.complete(response.getTouched());
              }

              @Override
              public void onError(Throwable failure) {
                count.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {}
            });
    for (String user : users) {
      touches.onNext(
          TouchRequest.newBuilder().setUser(user).setSurface(Surface.SURFACE_WEB).build());
    }
    touches.onCompleted();
    return count.join();
  }
}
