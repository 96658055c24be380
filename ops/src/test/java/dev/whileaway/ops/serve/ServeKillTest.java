package dev.whileaway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.testkit.smtp.ReceivedMail;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.WhyKind;
import dev.whileaway.v1.WhyRequest;
import io.grpc.Channel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a whole `serve` at moments of chance, again and again over one store, while it takes
/// events, tells others and makes snapshots.
class ServeKillTest {

  private static final int KILLS = 20;
  private static final int LIFE_MILLIS_MIN = 200;
  private static final int LIFE_MILLIS_MAX = 1_500;
  private static final int USERS = 150;
  private static final Duration SETTLED_MAX = Duration.ofSeconds(60);

  /// Has one event, of a long window: it waits while all others are told.
  private static final String PATIENT = "patient";

  private final Outside outside = new Outside();
  private final HttpClient http = HttpClient.newHttpClient();
  private int checked;

  @TempDir private Path folder;

  @AfterEach
  void close() {
    outside.close();
    http.close();
  }

  // TRAPS 2, 6, 15, 20
  @Test
  @Timeout(600)
  void kill_atAnyMoment_losesNoAcknowledgedEvent_andTellsNoneTwice() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var reporters = new Reporters(seed, USERS);
    Path configuration = configuration();
    var patientDueAt = Timestamp.getDefaultInstance();

    for (int life = 0; life < KILLS; life++) {
      int millis = random.nextInt(LIFE_MILLIS_MIN, LIFE_MILLIS_MAX);
      String when = "seed %d, life %d".formatted(seed, life);
      try (var server = Server.start(folder, configuration, "life-" + life)) {
        if (life == 0) {
          introduce(server.channel());
          patientDueAt = patientDueAt(server.channel());
        }
        expectNothingForgotten(server.channel(), reporters, when);
        assertThat(patientDueAt(server.channel())).as(when + ": due time").isEqualTo(patientDueAt);
        var handle = server.process().handle();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
            .execute(handle::destroyForcibly);
        reporters.reportUntilDeath(server.channel(), handle);
      }
    }

    try (var server = Server.start(folder, configuration, "last")) {
      String when = "seed %d, at last".formatted(seed);
      expectNothingForgotten(server.channel(), reporters, when);
      assertThat(patientDueAt(server.channel())).as(when + ": due time").isEqualTo(patientDueAt);
      var acknowledged = reporters.acknowledged();
      assertThat(acknowledged).as(when).hasSizeGreaterThan(KILLS * 20);
      expectBooksToBalance(server, acknowledged.size(), when);
      expectEachToldOnce(server.channel(), acknowledged, when);
      expectOnePushForEachBacklog(server.channel(), when);
      assertThat(Reporters.reportAgain(server.channel(), acknowledged))
          .as(when + ": events that are known, told as they are")
          .isEqualTo(acknowledged.size());
    }
  }

  /// What the last life acknowledged is known, and what it left unanswered is settled.
  private void expectNothingForgotten(Channel channel, Reporters reporters, String when) {
    var lastLife = reporters.acknowledged().subList(checked, reporters.acknowledged().size());
    assertThat(Reporters.reportAgain(channel, lastLife))
        .as(when + ": events that are known")
        .isEqualTo(lastLife.size());
    // TRAPS 2: some of it was taken, though nobody heard of it.
    reporters.reportUnanswered(channel);
    assertThat(reporters.unanswered()).as(when).isZero();
    checked = reporters.acknowledged().size();
  }

  /// Every event is pending or told, and in the end told, but the patient's. TRAPS 20: for that,
  /// the leases that died with their workers are taken again.
  private void expectBooksToBalance(Server server, long acknowledged, String when) {
    await()
        .atMost(SETTLED_MAX)
        .untilAsserted(() -> {
          var books = Books.of(http, server.process().http());
          assertThat(books.count("reported")).as(when).isEqualTo(acknowledged + 1);
          assertThat(books.gone() + books.pending()).as(when).isEqualTo(acknowledged + 1);
          assertThat(books.count("told")).as(when).isEqualTo(acknowledged);
          assertThat(books.snapshotIndex()).as(when).isPositive();
          assertThat(books.count("expired_unknown")).as(when).isPositive();
        });
  }

  /// TRAPS 6: an event is in one mail, or, if a mail's end is unknown, perhaps in none.
  private void expectEachToldOnce(Channel channel, List<Event> acknowledged, String when) {
    assertThat(outside.mails()).as(when).extracting(Outside::messageId).doesNotHaveDuplicates();
    var told = outside.mails().stream().flatMap(mail -> Outside.told(mail).stream()).toList();
    assertThat(told).as(when).doesNotHaveDuplicates();
    Set<String> inMails = new HashSet<>(told);
    Set<String> untold =
        acknowledged.stream()
            .filter(event -> !inMails.remove(event.getEventId()))
            .map(Event::getRecipient)
            .collect(Collectors.toSet());
    assertThat(inMails).as(when + ": told, and never acknowledged").isEmpty();
    assertThat(untold)
        .as(when)
        .allSatisfy(user -> assertThat(unknownMails(channel, user)).isPositive());
  }

  /// TRAPS 6, of pushes: a backlog ends in one mail, and before it there is one push at most.
  private void expectOnePushForEachBacklog(Channel channel, String when) {
    assertThat(outside.pushes()).as(when).extracting(Outside::digest).doesNotHaveDuplicates();
    Map<String, Long> mails = count(outside.mails(), ServeKillTest::user);
    count(outside.pushes(), ReceivedPush::token)
        .forEach((user, pushes) -> {
          long backlogs = mails.getOrDefault(user, 0L) + unknownMails(channel, user);
          assertThat(pushes).as(when + ", " + user).isLessThanOrEqualTo(backlogs);
        });
  }

  private static <T> Map<String, Long> count(List<T> sends, Function<T, String> user) {
    return sends.stream().collect(Collectors.groupingBy(user, Collectors.counting()));
  }

  private static String user(ReceivedMail mail) {
    return mail.to().substring(0, mail.to().indexOf('@'));
  }

  private static long unknownMails(Channel channel, String user) {
    var story =
        AdminServiceGrpc.newBlockingStub(channel)
            .why(WhyRequest.newBuilder().setUser(user).build());
    return story.getStoryList().stream()
        .filter(line -> line.getKind() == WhyKind.WHY_KIND_UNKNOWN)
        .filter(line -> line.getText().contains("e-mail at"))
        .count();
  }

  private static void introduce(Channel channel) {
    var profiles = ProfileServiceGrpc.newBlockingStub(channel);
    for (int i = 0; i < USERS; i++) {
      String user = Reporters.user(i);
      var device = Device.newBuilder().setToken(user).setPlatform(Platform.PLATFORM_FCM);
      var profile =
          Profile.newBuilder().setUser(user).setEmail(user + "@example.org").addDevices(device);
      var _ = profiles.putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
    }
    var event = Event.newBuilder().setRecipient(PATIENT).setSender("bob").setType("visit");
    var _ =
        EventServiceGrpc.newBlockingStub(channel)
            .report(ReportRequest.newBuilder().addEvents(event).build());
  }

  /// TRAPS 15: a restart in mid-window does not move it.
  private static Timestamp patientDueAt(Channel channel) {
    return EventServiceGrpc.newBlockingStub(channel)
        .getBacklog(GetBacklogRequest.newBuilder().setUser(PATIENT).build())
        .getDueAt();
  }

  private Path configuration() throws IOException {
    String yaml =
        """
        shards: 2
        limits:
          snapshot-entries: 20
        templates: '%s'
        worker:
          tick: 20ms
          lease-ttl: 1s
          in-flight: 16
        policy:
          escalation: 300ms
        """
            .formatted(QuickTemplates.in(folder.resolve("templates")));
    return Files.writeString(folder.resolve("whileaway.yaml"), yaml + outside.yaml());
  }
}
