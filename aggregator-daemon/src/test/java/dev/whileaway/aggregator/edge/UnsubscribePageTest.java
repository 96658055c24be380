package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.DaemonSettings.ApiRole;
import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.templates.Templates;
import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.templates.token.UserLinks;
import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ForgetRequest;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import io.grpc.Channel;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 8058, as mailboxes and people use it; the API asks for keys.
class UnsubscribePageTest {

  private static final UserLinks LINKS =
      new UserLinks("https://mail.example.com", KeyRing.of(List.of("k".repeat(32))));

  private static EdgeFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture =
        EdgeFixture.with(
            LINKS,
            Templates.standard(),
            List.of(EdgeFixture.key("0123456789abcdef", ApiRole.ADMIN)));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/x-www-form-urlencoded | List-Unsubscribe=One-Click
          multipart/form-data; boundary=b7f3 | --b7f3\\r\\nContent-Disposition: form-data; name=\\"List-Unsubscribe\\"\\r\\n\\r\\nOne-Click\\r\\n--b7f3--\\r\\n
          """)
  void post_inEitherEncoding_endsMails_andNothingElse(String type, String body) throws Exception {
    var anna =
        Profile.newBuilder()
            .setUser("anna " + type)
            .setEmail("anna@example.org")
            .setPreferences(Preferences.newBuilder().addMutedTypes("match"))
            .build();
    put(anna);

    var answer = post(path(anna.getUser()), type, body.translateEscapes());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("You are unsubscribed");
    assertThat(entry(anna.getUser()).getProfile())
        .isEqualTo(anna.toBuilder().setPreferences(unsubscribed(anna)).build());
    assertThat(post(path(anna.getUser()), type, body).statusCode()).isEqualTo(200);
  }

  @Test
  void get_onlyAsks_inTheUsersLanguage() throws Exception {
    put(Profile.newBuilder().setUser("boris").setLocale("ru-RU").build());

    var answer = fixture.get(path("boris"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("<html lang=\"ru\" dir=\"ltr\">")
        .contains("<form method=\"post\">", "Отписаться</button>")
        .doesNotContain("<script", "{{");
    assertThat(answer.headers().map())
        .containsEntry("cache-control", List.of("no-store"))
        .containsEntry("referrer-policy", List.of("no-referrer"))
        .containsEntry("content-type", List.of("text/html; charset=utf-8"))
        .doesNotContainKeys("set-cookie", "location");
    assertThat(entry("boris").getProfile().getPreferences().getEmailOff()).isFalse();
  }

  @Test
  void get_afterwards_saysThatItIsDone() throws Exception {
    put(
        Profile.newBuilder()
            .setUser("carl")
            .setPreferences(Preferences.newBuilder().setEmailOff(true))
            .build());

    assertThat(fixture.get(path("carl")).body())
        .contains("You are unsubscribed")
        .doesNotContain("<form");
  }

  @Test
  void forgedLink_isRefusedWithWords_andChangesNothing() throws Exception {
    put(Profile.newBuilder().setUser("dora").build());
    var token = path("dora");
    var changed = token.substring(0, 5) + (token.charAt(5) == 'A' ? 'B' : 'A') + token.substring(6);

    for (var path : List.of(changed, "/u/dora", "/u/%20", "/u/" + "A".repeat(2_000))) {
      var answer = post(path, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");

      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).contains("This link does not work");
      assertThat(fixture.get(path).statusCode()).isEqualTo(403);
    }
    assertThat(entry("dora").getProfile().getPreferences().getEmailOff()).isFalse();
  }

  @Test
  void forgottenUser_getsACalmPage_andNoProfile() throws Exception {
    put(Profile.newBuilder().setUser("emma").build());
    var _ =
        EventServiceGrpc.newBlockingStub(api())
            .forget(ForgetRequest.newBuilder().setUser("emma").build());

    var answer = post(path("emma"), "application/x-www-form-urlencoded", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Nothing to do");
    assertThat(entry("emma").hasForgotten()).isTrue();
    assertThat(fixture.get(path("nobody")).body()).contains("Nothing to do");
  }

  @Test
  void mutedTypeThatIsNoMore_keepsNobodySubscribed() throws Exception {
    var greta =
        Profile.newBuilder()
            .setUser("greta")
            .setPreferences(Preferences.newBuilder().addMutedTypes("gone").addMutedTypes("visit"))
            .build();
    var shard = new ShardMap(fixture.log.shards()).shardOf(new UserId("greta"));
    fixture.log.submit(shard, new ShardCommand.PutProfile(greta)).toCompletableFuture().join();

    assertThat(post(path("greta"), "text/plain", "").statusCode()).isEqualTo(200);
    assertThat(entry("greta").getProfile().getPreferences())
        .isEqualTo(Preferences.newBuilder().setEmailOff(true).addMutedTypes("visit").build());
  }

  @Test
  void largeBody_isRefused() throws Exception {
    var answer = post(path("frida"), "text/plain", "x".repeat(100_000));

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  private static HttpResponse<String> post(String path, String type, String body) throws Exception {
    return fixture.send(
        fixture
            .request(path)
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static Preferences unsubscribed(Profile profile) {
    return profile.getPreferences().toBuilder().setEmailOff(true).build();
  }

  private static String path(String user) {
    return LINKS.of(user, Scope.UNSUBSCRIBE).substring(LINKS.base().length());
  }

  private static void put(Profile profile) {
    var _ =
        ProfileServiceGrpc.newBlockingStub(api())
            .putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }

  private static ProfileEntry entry(String user) {
    return ProfileServiceGrpc.newBlockingStub(api())
        .getProfiles(GetProfilesRequest.newBuilder().addUsers(user).build())
        .getEntries(0);
  }

  private static Channel api() {
    return fixture.edge.localChannel();
  }
}
