package dev.whileaway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.demo.ServeProcess;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.ReportRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// More digests of an app of low importance are due than its route can take for seconds; it is well
/// all the while. TRAPS 33.
@Timeout(120)
class LowFloodServeTest {

  private static final int NEWS = 1000;
  private static final int CHATS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void highImportance_isToldBeforeTheFloodIsOver_andTheFloodOnceEach() throws Exception {
    try (FakeFcm news = FakeFcm.start();
        FakeFcm chat = FakeFcm.start();
        ServeProcess serve =
            ServeProcess.start(
                folder.resolve("data"), configuration(news, chat), folder.resolve("serve.log"))) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(serve.grpc()).usePlaintext().directExecutor().build();
      try {
        news.otherwise(PushBehaviour.after(Duration.ofMillis(200), PushBehaviour.ACCEPT));
        put(channel, "news", NEWS);
        put(channel, "chat", CHATS);

        report(channel, "news", NEWS);
        report(channel, "chat", CHATS);
        await().atMost(PATIENCE).until(() -> chat.count() == CHATS);
        assertThat(news.count()).isLessThan(NEWS / 2);

        await().atMost(PATIENCE).until(() -> news.count() == NEWS);
        assertThat(news.pushes()).extracting(ReceivedPush::token).doesNotHaveDuplicates();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static void put(ManagedChannel channel, String app, int users) {
    var profiles = ProfileServiceGrpc.newBlockingStub(channel);
    for (int i = 0; i < users; i++) {
      var device =
          Device.newBuilder().setPlatform(Platform.PLATFORM_FCM).setApp(app).setToken(app + i);
      var profile = Profile.newBuilder().setUser(app + i).addDevices(device);
      var _ = profiles.putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
    }
  }

  private static void report(ManagedChannel channel, String app, int users) {
    var request = ReportRequest.newBuilder();
    for (int i = 0; i < users; i++) {
      request.addEvents(Event.newBuilder().setRecipient(app + i).setSender("bob").setType("match"));
    }
    var _ = EventServiceGrpc.newBlockingStub(channel).report(request.build());
  }

  private Path configuration(FakeFcm news, FakeFcm chat) throws Exception {
    return Files.writeString(
        folder.resolve("whileaway.yaml"),
        """
        worker:
          tick: 20ms
        delivery:
          fcm:
            - app: news
              base-url: %s
              project: %s
              bearer: %s
              importance: low
              in-flight: 50
            - app: chat
              base-url: %s
              project: %s
              bearer: %s
        """
            .formatted(
                news.baseUrl(),
                news.project(),
                news.bearer(),
                chat.baseUrl(),
                chat.project(),
                chat.bearer()));
  }
}
