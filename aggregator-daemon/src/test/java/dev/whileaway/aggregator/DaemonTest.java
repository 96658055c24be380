package dev.whileaway.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.aggregator.DaemonSettings.Limits;
import dev.whileaway.aggregator.DaemonSettings.Listen;
import dev.whileaway.aggregator.edge.Catalogues;
import dev.whileaway.presence.OnlineRule;
import dev.whileaway.presence.PresenceSettings;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import dev.whileaway.v1.TypeTotal;
import io.grpc.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole daemon, on the durable log.
class DaemonTest {

  @TempDir Path folder;

  @Test
  void acknowledgedEvents_areThereAfterARestart() throws Exception { // TRAPS 15
    try (Daemon daemon = start(0)) {
      assertThat(report(daemon.localChannel()).getAccepted()).isEqualTo(1);
      assertThat(health(daemon)).isEqualTo(200);
      assertThat(daemon.grpcPort()).isPositive().isNotEqualTo(daemon.httpPort());
    }
    try (Daemon again = start(0)) {
      assertThat(report(again.localChannel()).getDuplicatesList()).containsExactly(0);
      assertThat(
              EventServiceGrpc.newBlockingStub(again.localChannel())
                  .getBacklog(GetBacklogRequest.newBuilder().setUser("anna").build())
                  .getTotalsList())
          .extracting(TypeTotal::getEvents)
          .containsExactly(1L);
    }
  }

  @Test
  void portThatIsTaken_isAnIoException_andFreesTheStore() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> start(port))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "grpc.port: expected a free port, but found 127.0.0.1:%d in use; stop what uses it, or choose another"
                  .formatted(port));
      assertThatThrownBy(() -> start(0, port))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "http.port: expected a free port, but found 127.0.0.1:%d in use".formatted(port));
    }
    start(0).close();
  }

  @Test
  void unprotectedPort_isRefusedBeforeAnythingIsWritten() throws Exception {
    DaemonSettings exposed = settings(new Listen("0.0.0.0", 0));

    assertThatThrownBy(() -> StoreOpening.begin(exposed, InstantSource.system()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("grpc.host");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private Daemon start(int grpcPort) throws Exception {
    return start(grpcPort, 0);
  }

  private Daemon start(int grpcPort, int httpPort) throws Exception {
    var settings = settings(new Listen("127.0.0.1", grpcPort), new Listen("127.0.0.1", httpPort));
    return Daemon.start(
        StoreOpening.begin(settings, InstantSource.system()),
        Catalogues.STANDARD,
        Optional.empty());
  }

  private DaemonSettings settings(Listen grpc) {
    return settings(grpc, new Listen("127.0.0.1", 0));
  }

  private DaemonSettings settings(Listen grpc, Listen http) {
    return new DaemonSettings(
        folder.resolve("data"),
        "node-1",
        2,
        DaemonSettings.Log.LOCAL,
        grpc,
        http,
        Optional.empty(),
        List.of(),
        false,
        new Limits(200, 100_000, 30),
        new PresenceSettings(
            folder.resolve("presence"),
            1000,
            Duration.ofDays(30),
            OnlineRule.STANDARD,
            Duration.ofDays(1)));
  }

  private static ReportResponse report(Channel channel) {
    return EventServiceGrpc.newBlockingStub(channel)
        .report(
            ReportRequest.newBuilder()
                .addEvents(
                    Event.newBuilder()
                        .setRecipient("anna")
                        .setSender("bob")
                        .setType("message")
                        .setEventId("e1"))
                .build());
  }

  private static int health(Daemon daemon) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + daemon.httpPort() + "/health");
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .statusCode();
    }
  }
}
