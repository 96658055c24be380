package dev.whileaway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.ops.demo.ServeProcess;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.testkit.push.PushBehaviour.Part;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.VisitRequest;
import dev.whileaway.v1.WatchRequest;
import dev.whileaway.v1.WhyKind;
import dev.whileaway.v1.WhyLine;
import dev.whileaway.v1.WhyRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A push whose user looks elsewhere, from the report to the phone; and how a watched user's story
/// reads.
@Timeout(120)
class RetractionServeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void push_isTakenBack_onceItsUserHasSeenAllOfIt_andEachStepIsKnown() throws Exception {
    try (FakeFcm fcm = FakeFcm.start();
        ServeProcess serve =
            ServeProcess.start(
                folder.resolve("data"), configuration(fcm), folder.resolve("serve.log"))) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(serve.grpc()).usePlaintext().directExecutor().build();
      try {
        var admin = AdminServiceGrpc.newBlockingStub(channel);
        Anna.put(channel);
        var _ = admin.watch(WatchRequest.newBuilder().setUser("anna").setWatched(true).build());
        fcm.otherwise(PushBehaviour.mix(new Part(1, PushBehaviour.TURN_AWAY))); // The first one.
        Anna.report(channel, false);
        await().atMost(PATIENCE).until(() -> fcm.count() == 1);
        var _ =
            EventServiceGrpc.newBlockingStub(channel)
                .visit(
                    VisitRequest.newBuilder()
                        .setUser("anna")
                        .setSurface(Surface.SURFACE_WEB)
                        .build());
        await().atMost(PATIENCE).until(() -> fcm.count() == 2);

        JsonNode push = JSON.readTree(fcm.pushes().getFirst().json()).path("message");
        JsonNode retraction = JSON.readTree(fcm.pushes().getLast().json()).path("message");
        assertThat(retraction.has("notification")).isFalse();
        assertThat(retraction.at("/data/retract")).isEqualTo(push.at("/data/digest_id"));
        assertThat(retraction.at("/data/tag")).isEqualTo(push.at("/android/notification/tag"));

        List<WhyLine> story =
            admin.why(WhyRequest.newBuilder().setUser("anna").build()).getStoryList();
        assertThat(story)
            .extracting(WhyLine::getText)
            .contains("the push was seen elsewhere: worker-1 takes it back from the devices");
        assertThat(story)
            .filteredOn(line -> line.getKind() == WhyKind.WHY_KIND_STEP)
            .extracting(WhyLine::getText)
            .anyMatch(step -> step.startsWith("begin-send: GO"))
            .anyMatch(step -> step.matches("rendered, places taken: 1; fcm: 1 of \\d+ under way.*"))
            .anyMatch(step -> step.matches("FCM …phone: not before.*; fcm: 1 of .* tried again"))
            .anyMatch(step -> step.matches("FCM …phone: accepted as.*; fcm: 0 of .*"));
        assertThat(Files.readString(folder.resolve("serve.log")))
            .contains("watched digest of anna");
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private Path configuration(FakeFcm fcm) throws Exception {
    return Files.writeString(
        folder.resolve("whileaway.yaml"),
        """
        worker:
          tick: 20ms
        delivery:
          fcm:
            - base-url: %s
              project: %s
              bearer: %s
              retract: true
        """
            .formatted(fcm.baseUrl(), fcm.project(), fcm.bearer()));
  }
}
