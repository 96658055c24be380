package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a browser shows of a user's preferences, and sends back.
class PreferencesPageTest {

  private static final Preferences SOME =
      Preferences.newBuilder().setPushOff(true).addMutedTypes("visit").build();

  private static PageFixture pages;

  @BeforeAll
  static void open() throws Exception {
    pages = new PageFixture();
  }

  @AfterAll
  static void close() {
    pages.close();
  }

  @Test
  void page_showsWhatIsSet_inTheUsersLanguage() throws Exception {
    pages.put(Profile.newBuilder().setUser("anna").setLocale("ru").setPreferences(SOME).build());

    var page = pages.get(path("anna"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<html lang=\"ru\" dir=\"ltr\">", "О чём вам сообщать")
        .contains("name=\"push\" value=\"on\">")
        .contains("name=\"email\" value=\"on\" checked>")
        .contains("name=\"type\" value=\"message\" checked>")
        .contains("name=\"type\" value=\"visit\">")
        .contains("<option value=\"ru\" selected>Русский</option>")
        .contains("<option value=\"en\">English</option>")
        .doesNotContain("<script", "{{", "Сохранено");
    assertThat(pages.profile("anna").getPreferences()).isEqualTo(SOME);
  }

  @Test
  void form_replacesWhatItShows_andNothingElse() throws Exception {
    var boris =
        Profile.newBuilder()
            .setUser("boris")
            .setName("Борис")
            .setLocale("ru-RU")
            .setEmail("boris@example.org")
            .addDevices(Device.newBuilder().setToken("t").setPlatform(Platform.PLATFORM_FCM))
            .setPreferences(SOME)
            .build();
    pages.put(boris);
    var stored = pages.profile("boris");

    var answer = post("boris", "push=on&type=match&type=visit&language=ru");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Сохранено", "name=\"push\" value=\"on\" checked>");
    assertThat(pages.profile("boris"))
        .isEqualTo(
            stored.toBuilder()
                .setPreferences(
                    Preferences.newBuilder()
                        .setEmailOff(true)
                        .addMutedTypes("message")
                        .addMutedTypes("favourite"))
                .build());
  }

  @Test
  void language_chosen_isThatOfThePageAndOfTheProfile() throws Exception {
    pages.put(Profile.newBuilder().setUser("carl").setName("Carl").setLocale("ru-RU").build());

    var answer = post("carl", "push=on&email=on&language=en");

    assertThat(answer.body()).contains("<html lang=\"en\"", "Saved.");
    assertThat(pages.profile("carl").getLocale()).isEqualTo("en");
    assertThat(pages.profile("carl").getName()).isEqualTo("Carl");

    post("carl", "push=on&email=on&language=%22%3E%3Cscript%3E");
    assertThat(pages.profile("carl").getLocale()).isEqualTo("en");
  }

  /// Choices that this page does not show are among what stays.
  @Test
  void language_chosenAlone_changesNothingElse() throws Exception {
    var preferences = Preferences.newBuilder().addMutedTypes("visit").addMutedTypes("bygone");
    var gina =
        Profile.newBuilder().setUser("gina").setLocale("ru").setPreferences(preferences).build();
    var shard = new ShardMap(pages.doors.log.shards()).shardOf(new UserId("gina"));
    pages.doors.log.submit(shard, new ShardCommand.PutProfile(gina)).toCompletableFuture().join();

    post("gina", "push=on&email=on&type=message&type=match&type=favourite&language=en");

    assertThat(pages.profile("gina")).isEqualTo(gina.toBuilder().setLocale("en").build());
  }

  @Test
  void bodyThatIsNotTheForm_changesNothing() throws Exception {
    pages.put(Profile.newBuilder().setUser("frida").setPreferences(SOME).build());

    for (var body : List.of("", "List-Unsubscribe=One-Click", "\0&&&=", "{}")) {
      assertThat(post("frida", body).statusCode()).isEqualTo(200);
    }
    assertThat(pages.profile("frida").getPreferences()).isEqualTo(SOME);
  }

  @Test
  void linkToUnsubscribe_isNoLinkToPreferences() throws Exception {
    pages.put(Profile.newBuilder().setUser("dora").build());
    var unsubscribe = pages.links.of("dora", Scope.UNSUBSCRIBE);
    var token = unsubscribe.substring(unsubscribe.lastIndexOf('/') + 1);

    assertThat(pages.get(Scope.PREFERENCES.path() + token).statusCode()).isEqualTo(403);
    assertThat(pages.get("/p/dora").body()).contains("This link does not work");
  }

  @Test
  void userWhoUnsubscribed_findsTheWayBack() throws Exception {
    pages.put(
        Profile.newBuilder()
            .setUser("emma")
            .setPreferences(SOME.toBuilder().setEmailOff(true))
            .build());

    var said = pages.get(pages.path("emma", Scope.UNSUBSCRIBE));

    assertThat(said.body()).contains("href=\"" + pages.links.of("emma", Scope.PREFERENCES) + "\"");
    post("emma", "email=on&language=en");
    assertThat(pages.profile("emma").getPreferences().getEmailOff()).isFalse();
  }

  private static HttpResponse<String> post(String user, String form) throws Exception {
    return pages.post(path(user), PageFixture.FORM, form);
  }

  private static String path(String user) {
    return pages.path(user, Scope.PREFERENCES);
  }
}
