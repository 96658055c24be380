package dev.whileaway.ops.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.cli.Whileaway;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.config.Settings;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.ReceivedMail;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What readers and mailboxes answer to a mail, through the whole product and over a restart.
class MailFeedbackTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FakeSmtpServer server = FakeSmtpServer.start();
  @TempDir private Path folder;
  private int feedbackPort;
  private Standalone standalone;

  @BeforeEach
  void start() throws Exception {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      feedbackPort = free.getLocalPort();
    }
    serve();
  }

  private void serve() throws Exception {
    Settings settings = settings();
    standalone = Standalone.start(settings, new RunningClock(settings.clock()));
  }

  @AfterEach
  void stop() {
    standalone.close();
    server.close();
  }

  @Test
  @Timeout(300)
  void bouncedAddress_isNeverMailedAgain_untilAnOperatorWantsIt() throws Exception {
    tell("anna", "first");
    ReceivedMail mail = firstMail();
    assertThat(mail.from()).matches("bounces\\+[0-9a-f]{44}@mail\\.example\\.com");

    bringBounce(mail.from());
    assertThat(cli("suppression", "list"))
        .contains("anna@example.org", "bounced", "5.1.1 no such user", "1 address");

    standalone.close();
    serve();
    tell("anna", "second");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(cli("why", "anna")).contains("the address is suppressed, bounced at"));
    assertThat(server.count()).isEqualTo(1);

    assertThat(cli("suppression", "remove", "anna@example.org")).contains("may be mailed again");
    tell("anna", "third");
    await().atMost(PATIENCE).until(() -> server.count() == 2);
    assertThat(cli("suppression", "add", "anna@example.org", "--detail", "by phone"))
        .contains("suppressed anna@example.org");
    assertThat(cli("suppression", "list")).contains("operator", "by phone");
  }

  @Test
  @Timeout(300)
  void oneClick_onTheLinkOfTheHeader_endsMails() throws Exception {
    tell("anna", "first");
    var text = firstMail().text().replace("\r\n ", " ");
    assertThat(text).contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    var header =
        Pattern.compile("\r\nList-Unsubscribe: +<https://m.example.com(/u/.+)>").matcher(text);
    assertThat(header.find()).as(text).isTrue();

    try (var http = HttpClient.newHttpClient()) {
      var address = "http://127.0.0.1:" + standalone.httpPort() + header.group(1);
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(address))
                  .header("content-type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    assertThat(cli("profile", "get", "anna")).containsPattern("e-mail +off");
    tell("anna", "second");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(cli("why", "anna")).contains("match"));
    assertThat(server.count()).isEqualTo(1);
  }

  private ReceivedMail firstMail() {
    await().atMost(PATIENCE).until(() -> server.count() == 1);
    return server.messages().getFirst();
  }

  private void tell(String user, String eventId) {
    if (eventId.equals("first")) {
      cli("profile", "put", user, "--email", user + "@example.org");
      cli("profile", "put", "boris", "--name", "Boris");
    }
    cli("report", "--to", user, "--from", "boris", "--type", "match", "--event-id", eventId);
  }

  private String cli(String... arguments) {
    var out = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", "127.0.0.1:" + standalone.grpcPort()));
    int code =
        Whileaway.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute(all.toArray(String[]::new));
    assertThat(code).as(out.toString()).isZero();
    return out.toString();
  }

  /// As mail servers do, step by step.
  private void bringBounce(String to) throws Exception {
    var bounce =
        """
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"
        MIME-Version: 1.0

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; anna@example.org
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; no such user

        --b--
        .
        """;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), feedbackPort)) {
      var answers = socket.getInputStream();
      var answer = new byte[1_000];
      for (var step :
          List.of("HELO mx\n", "MAIL FROM:<>\n", "RCPT TO:<" + to + ">\n", "DATA\n", bounce)) {
        assertThat(answers.read(answer)).isPositive();
        socket.getOutputStream().write(step.replace("\n", "\r\n").getBytes(US_ASCII));
      }
      int length = answers.read(answer);
      assertThat(new String(answer, 0, length, US_ASCII)).startsWith("250");
    }
  }

  private Settings settings() throws Exception {
    var keys = new HashMap<String, String>();
    keys.putAll(
        Map.of(
            "data", folder.resolve("data").toString(),
            "shards", "1",
            "grpc.port", "0",
            "http.port", "0",
            "worker.tick", "20ms",
            "delivery.smtp.host", "127.0.0.1",
            "delivery.smtp.port", Integer.toString(server.port()),
            "delivery.smtp.starttls", "off"));
    keys.putAll(
        Map.of(
            "mail.keys", "a-secret-of-thirty-two-characters",
            "mail.pages-url", "https://m.example.com",
            "mail.bounce-address", "bounces@mail.example.com",
            "mail.feedback.port", Integer.toString(feedbackPort)));
    return new ConfigurationLoader(Map.of()).load(Optional.empty(), keys);
  }
}
