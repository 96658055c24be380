package dev.whileaway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.StandardTemplates;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.config.Settings;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.ReportRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Texts are edited under a running product: what goes out next says so, and a broken edit does not
/// go out.
@Timeout(300)
class ServeTemplatesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void editedTemplates_areInTheNextMail_andBrokenOnesAreNot() throws Exception {
    StandardTemplates templates = StandardTemplates.copyTo(folder.resolve("templates"));
    Settings settings = settings();
    try (var standalone = Standalone.start(settings, new RunningClock(settings.clock()))) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget("127.0.0.1:" + standalone.grpcPort())
              .usePlaintext()
              .build();
      try {
        assertThat(mailAfterAMatch(channel, "anna")).contains("Likes you too");

        templates.edit("Likes you too", "Fancies you");
        awaitMetric(standalone, "whileaway_templates_reloads_total{result=\"loaded\"} 1.0");
        assertThat(mailAfterAMatch(channel, "berta")).contains("Fancies you");

        templates.edit("Fancies you", "{who} fancies you");
        awaitMetric(standalone, "whileaway_templates_broken 1.0");
        assertThat(mailAfterAMatch(channel, "clara")).contains("Fancies you");
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private Settings settings() throws Exception {
    return new ConfigurationLoader(Map.of())
        .load(
            Optional.empty(),
            Map.of(
                "data", folder.resolve("data").toString(),
                "templates", folder.resolve("templates").toString(),
                "shards", "1",
                "grpc.port", "0",
                "http.port", "0",
                "worker.tick", "20ms"));
  }

  /// A match is told at once, and to a user without devices by mail.
  private String mailAfterAMatch(ManagedChannel channel, String user) throws Exception {
    put(channel, Profile.newBuilder().setUser(user).setEmail(user + "@example.org"));
    put(channel, Profile.newBuilder().setUser("boris").setName("Boris"));
    var match = Event.newBuilder().setRecipient(user).setSender("boris").setType("match");
    var _ =
        EventServiceGrpc.newBlockingStub(channel)
            .report(ReportRequest.newBuilder().addEvents(match).build());
    await().atMost(PATIENCE).until(() -> mail(user).isPresent());
    return mail(user).orElseThrow();
  }

  private static void put(ManagedChannel channel, Profile.Builder profile) {
    var _ =
        ProfileServiceGrpc.newBlockingStub(channel)
            .putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }

  /// Its plain text.
  private Optional<String> mail(String user) throws Exception {
    Path outbox = folder.resolve("data/outbox");
    if (!Files.isDirectory(outbox)) {
      return Optional.empty();
    }
    for (var mail : new OutboxFolder(outbox).mails()) {
      if (mail.to().equals(user + "@example.org")) {
        var parts = (MimeMultipart) mail.message().getContent();
        return Optional.of((String) parts.getBodyPart(0).getContent());
      }
    }
    return Optional.empty();
  }

  private static void awaitMetric(Standalone standalone, String line) {
    URI metrics = URI.create("http://127.0.0.1:" + standalone.httpPort() + "/metrics");
    try (HttpClient http = HttpClient.newHttpClient()) {
      await()
          .atMost(PATIENCE)
          .until(() ->
              http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                  .body()
                  .contains(line));
    }
  }
}
