package dev.whileaway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.cli.Whileaway;
import dev.whileaway.ops.demo.ServeProcess;
import dev.whileaway.ops.serve.OutboxFolder.PushFile;
import dev.whileaway.v1.BacklogState;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.EventServiceGrpc.EventServiceBlockingStub;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.VisitRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One `serve` as its operator has it: a process, its ports, a folder of digests. Its clock runs so
/// fast that half an hour is three seconds.
@Timeout(300)
class ServeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  /// 128 and the number of SIGTERM: the JVM's answer once its hooks are done.
  private static final int TERMINATED = 143;

  private static final Pattern READY =
      Pattern.compile("ready grpc=(127\\.0\\.0\\.1:\\d+) http=127\\.0\\.0\\.1:\\d+\\R");
  private static final String LOG_LINE = "[-\\d]{10}T[:\\d]{8}\\.\\d{3}\\S+ INFO  [A-Z]\\w+ +\\S.*";
  private static final Pattern WHY_WORD = Pattern.compile("(?m)^[-\\d]{10} [:\\d]{8}  (\\w+)");

  @TempDir private Path folder;
  private Process serve;
  private String address;
  private ManagedChannel channel;
  private EventServiceBlockingStub events;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("whileaway.yaml"),
        """
        clock:
          start: 2026-01-31T12:00:00Z
          speed: 600
        worker:
          tick: 20ms
          lease-ttl: 10h
        """);
    serve = command("out", "err").start();
    await().atMost(PATIENCE).until(() -> read("out").contains("\n") || !serve.isAlive());
    var ready = READY.matcher(read("out"));
    assertThat(ready.matches()).as(read("out") + read("err")).isTrue();
    address = ready.group(1);
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    events = EventServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (channel != null) {
      channel.shutdownNow();
    }
    serve.destroyForcibly().waitFor();
  }

  @Test
  void threeEvents_areToldByPushToEachDevice_andTenMinutesLaterByOneMail() throws Exception {
    putAnna();
    put(Profile.newBuilder().setUser("boris").setName("Boris"));
    put(Profile.newBuilder().setUser("clara").setName("Clara"));

    // Just here, and so online for a quarter of an hour. TRAPS 11: put off, and not dropped.
    visit("anna");
    report(
        event("anna", "clara", "message", "Are you there?"),
        event("anna", "clara", "message", "Call me"),
        event("anna", "boris", "match", ""));
    await().atMost(PATIENCE).until(() -> !outbox().mails().isEmpty());
    await().atMost(PATIENCE).until(() -> state("anna") == BacklogState.BACKLOG_STATE_NONE);

    List<PushFile> pushes = outbox().pushes();
    assertThat(pushes).extracting(PushFile::token).containsExactlyInAnyOrder("phone", "tablet");
    assertThat(pushes.getFirst().json().get("title").asText()).isEqualTo("A match, and 2 messages");
    var mail = outbox().mails().getFirst();
    assertThat(outbox().mails()).hasSize(1);
    assertThat(mail.to()).isEqualTo("anna@example.org");
    assertThat(mail.message().getSubject())
        .isEqualTo("You and Boris like each other, and you have 2 messages");
    assertThat(Duration.between(pushes.getLast().at(), mail.at()))
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(60));

    String story = why("anna");
    List<String> words = WHY_WORD.matcher(story).results().map(ServeTest::word).toList();
    assertThat(words.stream().distinct().toList())
        .as(story)
        .containsExactlyInAnyOrder("reported", "leased", "deferred", "sent");
    assertThat(words).as(story).endsWith("leased", "sent", "leased", "sent");
    assertThat(story)
        .containsSubsequence(
            "message reported, by clara",
            "match reported, by boris",
            "the user was online",
            "leased by worker-1",
            "push sent to 2 devices: accepted by both",
            "the e-mail follows at",
            "e-mail sent to anna@example.org: accepted",
            "now: Nothing waits.");
  }

  @Test
  void visitBeforeTheEventIsDue_clearsIt_soThatNothingIsSent() {
    putAnna();
    put(
        Profile.newBuilder()
            .setUser("later")
            .addDevices(
                Device.newBuilder().setToken("later's").setPlatform(Platform.PLATFORM_APNS)));

    report(event("anna", "boris", "message", "Hello"));
    assertThat(visit("anna")).isOne();
    assertThat(state("anna")).isEqualTo(BacklogState.BACKLOG_STATE_NONE);

    // Of the same window, and reported after: once it is told, anna's time has passed.
    report(event("later", "boris", "message", "Hello"));
    await().atMost(PATIENCE).until(() -> !outbox().pushes().isEmpty());
    assertThat(outbox().pushes()).extracting(PushFile::token).containsExactly("later's");
    assertThat(outbox().mails()).isEmpty();
    assertThat(why("anna")).contains("the user saw 1 message", "now: Nothing waits.");
  }

  @Test
  void process_printsOneLine_keepsItsFolder_andStopsWhenTold() throws Exception {
    assertThat(read("err").lines().toList()).allMatch(line -> line.matches(LOG_LINE));

    Process second = command("out-2", "err-2").start();
    try {
      assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(2);
      assertThat(read("out-2")).isEmpty();
      assertThat(read("err-2")).startsWith("whileaway: ").contains("in use").hasLineCount(1);
    } finally {
      second.destroyForcibly();
    }

    serve.destroy();
    assertThat(serve.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(serve.exitValue()).isEqualTo(TERMINATED);
    assertThat(read("err").lines().toList())
        .allMatch(line -> line.matches(LOG_LINE))
        .last()
        .asString()
        .endsWith(" stopped");
    assertThat(read("out")).matches(READY);
  }

  private ProcessBuilder command(String out, String err) {
    return ServeProcess.command(folder.resolve("data"), folder.resolve("whileaway.yaml"))
        .redirectOutput(folder.resolve(out).toFile())
        .redirectError(folder.resolve(err).toFile());
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OutboxFolder outbox() {
    return new OutboxFolder(folder.resolve("data").resolve("outbox"));
  }

  private void putAnna() {
    put(
        Profile.newBuilder()
            .setUser("anna")
            .setName("Anna")
            .setEmail("anna@example.org")
            .addDevices(Device.newBuilder().setToken("phone").setPlatform(Platform.PLATFORM_FCM))
            .addDevices(
                Device.newBuilder().setToken("tablet").setPlatform(Platform.PLATFORM_APNS)));
  }

  private void put(Profile.Builder profile) {
    var _ =
        ProfileServiceGrpc.newBlockingStub(channel)
            .putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }

  private void report(Event... some) {
    var answer = events.report(ReportRequest.newBuilder().addAllEvents(List.of(some)).build());
    assertThat(answer.getAccepted()).isEqualTo(some.length);
  }

  private static Event event(String recipient, String sender, String type, String data) {
    return Event.newBuilder()
        .setRecipient(recipient)
        .setSender(sender)
        .setType(type)
        .setData(data)
        .build();
  }

  private int visit(String user) {
    var request = VisitRequest.newBuilder().setUser(user).setSurface(Surface.SURFACE_WEB);
    return events.visit(request.build()).getCleared();
  }

  private BacklogState state(String user) {
    return events.getBacklog(GetBacklogRequest.newBuilder().setUser(user).build()).getState();
  }

  private String why(String user) {
    var words = new StringWriter();
    int exitCode =
        Whileaway.commandLine()
            .setOut(new PrintWriter(words, true))
            .execute("why", user, "--server", address);
    assertThat(exitCode).isZero();
    return words.toString();
  }

  private static String word(MatchResult line) {
    return line.group(1);
  }
}
