package dev.whileaway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.config.Settings;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.ReportRequest;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From a reported event into a mailbox of somebody else's server, through the whole product.
class MailPipelineTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @TempDir private Path folder;

  @Test
  @Timeout(300)
  void urgentEvent_ofAUserWithoutDevices_isInTheMailboxAtOnce() throws Exception {
    server.start();
    Settings settings = settings();
    try (var standalone = Standalone.start(settings, new RunningClock(settings.clock()))) {
      reportMatch("127.0.0.1:" + standalone.grpcPort());
      assertThat(server.waitForIncomingEmail(PATIENCE.toMillis(), 1)).isTrue();
      assertThat(server.getReceivedMessages()).hasSize(1);
      expectMatchTold(server.getReceivedMessages()[0]);
    } finally {
      server.stop();
    }
  }

  private static void expectMatchTold(MimeMessage mail) throws Exception {
    assertThat(mail.getAllRecipients()[0]).hasToString("anna@example.org");
    assertThat(mail.getFrom()[0]).hasToString("Whileaway <digest@example.com>");
    assertThat(mail.getMessageID()).endsWith("@example.com>");
    assertThat(mail.getSubject()).contains("Борис");
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    var parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
    assertThat((String) parts.getBodyPart(0).getContent())
        .contains("Борис", "https://example.com/matches/boris")
        .doesNotContain("{", "<");
    assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
    assertThat((String) parts.getBodyPart(1).getContent())
        .contains("Борис", "https://example.com/matches/boris", "</html>");
  }

  private Settings settings() throws Exception {
    return new ConfigurationLoader(Map.of())
        .load(
            Optional.empty(),
            Map.of(
                "data", folder.resolve("data").toString(),
                "shards", "1",
                "grpc.port", "0",
                "http.port", "0",
                "worker.tick", "20ms",
                "mail.from", "digest@example.com",
                "mail.message-id-domain", "example.com",
                "delivery.smtp.host", "127.0.0.1",
                "delivery.smtp.port", Integer.toString(server.getSmtp().getPort()),
                "delivery.smtp.starttls", "off"));
  }

  private static void reportMatch(String address) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      put(
          channel,
          Profile.newBuilder().setUser("anna").setEmail("anna@example.org").setLocale("ru"));
      put(channel, Profile.newBuilder().setUser("boris").setName("Борис"));
      var match = Event.newBuilder().setRecipient("anna").setSender("boris").setType("match");
      var _ =
          EventServiceGrpc.newBlockingStub(channel)
              .report(ReportRequest.newBuilder().addEvents(match).build());
    } finally {
      channel.shutdownNow();
    }
  }

  private static void put(Channel channel, Profile.Builder profile) {
    var _ =
        ProfileServiceGrpc.newBlockingStub(channel)
            .putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }
}
