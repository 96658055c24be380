package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ForgetRequest;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 8058, as mailboxes and people use it; the API asks for keys.
class UnsubscribePageTest {

  private static PageFixture pages;

  @BeforeAll
  static void open() throws Exception {
    pages = new PageFixture();
  }

  @AfterAll
  static void close() {
    pages.close();
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
    pages.put(anna);

    var answer = pages.post(path(anna.getUser()), type, body.translateEscapes());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("You are unsubscribed");
    assertThat(pages.entry(anna.getUser()).getProfile())
        .isEqualTo(anna.toBuilder().setPreferences(unsubscribed(anna)).build());
    assertThat(pages.post(path(anna.getUser()), type, body).statusCode()).isEqualTo(200);
  }

  @Test
  void get_onlyAsks_inTheUsersLanguage() throws Exception {
    pages.put(Profile.newBuilder().setUser("boris").setLocale("ru-RU").build());

    var answer = pages.get(path("boris"));

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
    assertThat(pages.entry("boris").getProfile().getPreferences().getEmailOff()).isFalse();
  }

  @Test
  void get_afterwards_saysThatItIsDone() throws Exception {
    pages.put(
        Profile.newBuilder()
            .setUser("carl")
            .setPreferences(Preferences.newBuilder().setEmailOff(true))
            .build());

    assertThat(pages.get(path("carl")).body())
        .contains("You are unsubscribed")
        .doesNotContain("<form");
  }

  @Test
  void forgedLink_isRefusedWithWords_andChangesNothing() throws Exception {
    pages.put(Profile.newBuilder().setUser("dora").build());
    var token = path("dora");
    var changed = token.substring(0, 5) + (token.charAt(5) == 'A' ? 'B' : 'A') + token.substring(6);

    for (var path : List.of(changed, "/u/dora", "/u/%20", "/u/" + "A".repeat(2_000))) {
      var answer = pages.post(path, PageFixture.FORM, "List-Unsubscribe=One-Click");

      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).contains("This link does not work");
      assertThat(pages.get(path).statusCode()).isEqualTo(403);
    }
    assertThat(pages.entry("dora").getProfile().getPreferences().getEmailOff()).isFalse();
  }

  @Test
  void forgottenUser_getsACalmPage_andNoProfile() throws Exception {
    pages.put(Profile.newBuilder().setUser("emma").build());
    var _ =
        EventServiceGrpc.newBlockingStub(pages.api())
            .forget(ForgetRequest.newBuilder().setUser("emma").build());

    var answer = pages.post(path("emma"), PageFixture.FORM, "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Nothing to do");
    assertThat(pages.entry("emma").hasForgotten()).isTrue();
    assertThat(pages.get(path("nobody")).body()).contains("Nothing to do");
  }

  @Test
  void mutedTypeThatIsNoMore_keepsNobodySubscribed() throws Exception {
    var greta =
        Profile.newBuilder()
            .setUser("greta")
            .setPreferences(Preferences.newBuilder().addMutedTypes("gone").addMutedTypes("visit"))
            .build();
    var shard = new ShardMap(pages.doors.log.shards()).shardOf(new UserId("greta"));
    pages.doors.log.submit(shard, new ShardCommand.PutProfile(greta)).toCompletableFuture().join();

    assertThat(pages.post(path("greta"), "text/plain", "").statusCode()).isEqualTo(200);
    assertThat(pages.entry("greta").getProfile().getPreferences())
        .isEqualTo(Preferences.newBuilder().setEmailOff(true).addMutedTypes("visit").build());
  }

  @Test
  void largeBody_isRefused() throws Exception {
    var answer = pages.post(path("frida"), "text/plain", "x".repeat(100_000));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(answer.body()).startsWith("<!doctype html>").contains("nothing was changed");
  }

  private static Preferences unsubscribed(Profile profile) {
    return profile.getPreferences().toBuilder().setEmailOff(true).build();
  }

  private static String path(String user) {
    return pages.path(user, Scope.UNSUBSCRIBE);
  }
}
