package dev.whileaway.worker.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.mail.Suppressions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryChannelsTest {

  private static final int PLACES = 100;

  private static final MailIdentity IDENTITY =
      MailIdentity.of("digest@example.org", "Whileaway", "mail.example.org");

  private final ManualClock clock = ManualClock.at("2026-01-31T10:15:00Z");

  @TempDir Path folder;

  @Test
  void push_withoutAnyProvider_becomesAFile() throws Exception {
    try (var channels =
        DeliveryChannels.open(settings(List.of()), PLACES, Suppressions.NONE, clock)) {
      var outcome = channels.push().send(push(Platform.PLATFORM_FCM, "", "anna-7"));

      var name = "2026-01-31T10-15-00Z-anna-7-PEaenWxY-push.json";
      assertThat(outcome).isEqualTo(new Outcome.Accepted(name, "written"));
      assertThat(folder.resolve(name))
          .hasContent(
              """
              {
                "digest_id" : "anna-7",
                "platform" : "PLATFORM_FCM",
                "app" : "",
                "token" : "token",
                "title" : "Анна",
                "body" : "3 новых сообщения",
                "long_body" : "Анна: 3 новых сообщения",
                "link" : "",
                "badge" : 3,
                "silent" : true,
                "collapse_key" : "digest",
                "expires_at" : "2026-01-31T14:15:00Z"
              }
              """);
    }
  }

  @Test
  void ruStore_isAnFcmAppWithAnotherAddressAndAFixedToken() throws Exception {
    try (var rustore = FakeFcm.startRuStore(0);
        var channels =
            DeliveryChannels.open(
                settings(List.of(ruStore(rustore))), PLACES, Suppressions.NONE, clock)) {
      var push = push(Platform.PLATFORM_FCM, "rustore", "anna-7");
      rustore.when("gone", PushBehaviour.unregistered(Instant.EPOCH));

      assertThat(channels.push().send(push)).isInstanceOf(Outcome.Accepted.class);
      assertThat(channels.push().send(toToken(push, "gone")))
          .isInstanceOf(Outcome.Unregistered.class);
      assertThat(rustore.pushes())
          .singleElement()
          .satisfies(taken ->
              assertThat(taken.headers())
                  .containsEntry("authorization", "Bearer " + rustore.bearer())
                  .containsEntry(":path", "/v1/projects/" + rustore.project() + "/messages:send"));
      // A dead token says nothing of the way; a page of somebody else's would.
      assertThat(channels.routes().push())
          .singleElement()
          .satisfies(route -> assertThat(route.name()).isEqualTo("fcm rustore"));
    }
  }

  private static Fcm ruStore(FakeFcm rustore) {
    return new Fcm(
        "rustore",
        rustore.baseUrl(),
        rustore.project(),
        Optional.empty(),
        Optional.of(rustore.bearer()),
        Duration.ofSeconds(20));
  }

  private static Push toToken(Push push, String token) {
    return new Push(
        push.device().toBuilder().setToken(token).build(),
        push.digestId(),
        push.collapseKey(),
        push.text(),
        push.silent(),
        push.expiresAt());
  }

  @Test
  void mail_withoutAServer_becomesAFile() throws Exception {
    try (var channels =
        DeliveryChannels.open(settings(List.of()), PLACES, Suppressions.NONE, clock)) {
      assertThat(channels.mail().send(mail("anna-7", "anna@example.org")))
          .isEqualTo(new Outcome.Accepted("2026-01-31T10-15-00Z-anna-7-mail.eml", "written"));

      assertThat(Files.readString(folder.resolve("2026-01-31T10-15-00Z-anna-7-mail.eml")))
          .isEqualTo(
              Files.readString(
                      Path.of("src/test/resources/dev/whileaway/worker/deliver/anna-7.eml"))
                  .replace("\n", "\r\n"));
    }
  }

  // TRAPS 20
  @Test
  void filesHalfWrittenByACrash_areGoneAfterTheNextOpen_othersStay() throws Exception {
    Files.writeString(folder.resolve(".123.part"), "ha");
    Files.writeString(folder.resolve("notes.part"), "mine");

    DeliveryChannels.open(settings(List.of()), PLACES, Suppressions.NONE, clock).close();

    assertThat(folder.resolve(".123.part")).doesNotExist();
    assertThat(folder.resolve("notes.part")).exists();
  }

  @Test
  void digest_writtenAgainLater_replacesItsFile() throws Exception {
    try (var channels =
        DeliveryChannels.open(settings(List.of()), PLACES, Suppressions.NONE, clock)) {
      channels.mail().send(mail("anna-7", "anna@example.org"));
      clock.advance(Duration.ofMinutes(3));
      channels.mail().send(mail("anna-7", "anna@example.org"));
    }
    try (var reopened =
        DeliveryChannels.open(settings(List.of()), PLACES, Suppressions.NONE, clock)) {
      reopened.mail().send(mail("anna-7", "anna@example.org"));
      reopened.mail().send(mail("bob-1", "bob@example.org"));
    }

    assertThat(files())
        .containsExactly(
            "2026-01-31T10-15-00Z-anna-7-mail.eml", "2026-01-31T10-18-00Z-bob-1-mail.eml");
  }

  @Test
  void digest_withAnIdThatNoFileCanHave_getsASafeName() throws Exception {
    try (var channels =
        DeliveryChannels.open(settings(List.of()), PLACES, Suppressions.NONE, clock)) {
      channels.mail().send(mail("../../etc/пароль\n" + "x".repeat(200), "anna@example.org"));
      channels.mail().send(mail("../../etc/пароль?" + "x".repeat(200), "anna@example.org"));
    }

    assertThat(files())
        .hasSize(2)
        .allSatisfy(name -> assertThat(name).matches("[0-9TZ-]{21}[A-Za-z0-9_-]{1,80}-mail\\.eml"));
  }

  @Test
  void device_ofAnAppThatIsNotConfigured_isRejectedWithWords() throws Exception {
    try (var fcm = FakeFcm.start();
        var channels =
            DeliveryChannels.open(
                settings(List.of(fcm("", fcm), fcm("pro", fcm))),
                PLACES,
                Suppressions.NONE,
                clock)) {
      assertThat(channels.push().send(push(Platform.PLATFORM_FCM, "", "1")))
          .isInstanceOf(Outcome.Accepted.class);
      assertThat(channels.push().send(push(Platform.PLATFORM_FCM, "pro", "2")))
          .isInstanceOf(Outcome.Accepted.class);
      assertThat(channels.push().send(push(Platform.PLATFORM_FCM, "lite", "3")))
          .isEqualTo(
              new Outcome.Rejected(
                  "expected a device of a configured app, but found PLATFORM_FCM app \"lite\""));
      assertThat(fcm.count()).isEqualTo(2);

      channels.push().send(push(Platform.PLATFORM_APNS, "lite", "4"));
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void key_absent_isRefusedAtTheStartByName() {
    var settings =
        new Fcm(
            "",
            URI.create("http://127.0.0.1:1"),
            "project",
            Optional.of(folder.resolve("none.json")),
            Optional.empty(),
            Duration.ofSeconds(1));

    assertThatThrownBy(() ->
            DeliveryChannels.open(settings(List.of(settings)), PLACES, Suppressions.NONE, clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.json");
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private DeliverySettings settings(List<Fcm> fcm) {
    return new DeliverySettings(Optional.empty(), fcm, List.of(), folder, IDENTITY);
  }

  private static Fcm fcm(String app, FakeFcm fake) {
    return new Fcm(
        app,
        fake.baseUrl(),
        fake.project(),
        Optional.empty(),
        Optional.of(fake.bearer()),
        Duration.ofSeconds(5));
  }

  private Push push(Platform platform, String app, String digestId) {
    var device = Device.newBuilder().setPlatform(platform).setApp(app).setToken("token").build();
    var text = new PushText("Анна", "3 новых сообщения", "Анна: 3 новых сообщения", "", 3);
    return new Push(
        device, digestId, "digest", text, true, clock.instant().plus(Duration.ofHours(4)));
  }

  private static Mail mail(String digestId, String address) {
    return new Mail(
        digestId,
        address,
        "Анна",
        new MailText(
            "3 новых сообщения от Боба, Евы и ещё одного человека, которые вас ждут",
            "<p>Hello <b>Anna</b>, it’s Bob</p>\n",
            "Привет, Анна\n",
            /* oneClick */ "",
            Locale.forLanguageTag("ru")));
  }
}
