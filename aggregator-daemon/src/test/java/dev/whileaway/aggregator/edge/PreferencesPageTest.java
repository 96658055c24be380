package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.DaemonSettings.ApiRole;
import dev.whileaway.templates.Templates;
import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.templates.token.UserLinks;
import dev.whileaway.templates.token.UserLinks.Scope;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a browser shows of a user's preferences, and sends back.
class PreferencesPageTest {

  private static final UserLinks LINKS =
      new UserLinks("https://mail.example.com", KeyRing.of(List.of("k".repeat(32))));
  private static final Preferences SOME =
      Preferences.newBuilder().setPushOff(true).addMutedTypes("visit").build();

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

  @Test
  void page_showsWhatIsSet_inTheUsersLanguage() throws Exception {
    put(Profile.newBuilder().setUser("anna").setLocale("ru").setPreferences(SOME).build());

    var page = fixture.get(path("anna"));

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
    assertThat(profile("anna").getPreferences()).isEqualTo(SOME);
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
    put(boris);
    var stored = profile("boris");

    var answer = post("boris", "push=on&type=match&type=visit&language=ru");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Сохранено", "name=\"push\" value=\"on\" checked>");
    assertThat(profile("boris"))
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
    put(Profile.newBuilder().setUser("carl").setName("Carl").setLocale("ru-RU").build());

    var answer = post("carl", "push=on&email=on&language=en");

    assertThat(answer.body()).contains("<html lang=\"en\"", "Saved.");
    assertThat(profile("carl").getLocale()).isEqualTo("en");
    assertThat(profile("carl").getName()).isEqualTo("Carl");

    post("carl", "push=on&email=on&language=%22%3E%3Cscript%3E");
    assertThat(profile("carl").getLocale()).isEqualTo("en");
  }

  @Test
  void bodyThatIsNotTheForm_changesNothing() throws Exception {
    put(Profile.newBuilder().setUser("frida").setPreferences(SOME).build());

    for (var body : List.of("", "List-Unsubscribe=One-Click", "\0&&&=", "{}")) {
      assertThat(post("frida", body).statusCode()).isEqualTo(200);
    }
    assertThat(profile("frida").getPreferences()).isEqualTo(SOME);
  }

  @Test
  void linkToUnsubscribe_isNoLinkToPreferences() throws Exception {
    put(Profile.newBuilder().setUser("dora").build());
    var unsubscribe = LINKS.of("dora", Scope.UNSUBSCRIBE);
    var token = unsubscribe.substring(unsubscribe.lastIndexOf('/') + 1);

    assertThat(fixture.get(Scope.PREFERENCES.path() + token).statusCode()).isEqualTo(403);
    assertThat(fixture.get("/p/dora").body()).contains("This link does not work");
  }

  @Test
  void userWhoUnsubscribed_findsTheWayBack() throws Exception {
    put(
        Profile.newBuilder()
            .setUser("emma")
            .setPreferences(SOME.toBuilder().setEmailOff(true))
            .build());

    var said = fixture.get(LINKS.of("emma", Scope.UNSUBSCRIBE).substring(LINKS.base().length()));

    assertThat(said.body()).contains("href=\"" + LINKS.of("emma", Scope.PREFERENCES) + "\"");
    post("emma", "email=on&language=en");
    assertThat(profile("emma").getPreferences().getEmailOff()).isFalse();
  }

  private static HttpResponse<String> post(String user, String form) throws Exception {
    return fixture.send(
        fixture
            .request(path(user))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private static String path(String user) {
    return LINKS.of(user, Scope.PREFERENCES).substring(LINKS.base().length());
  }

  private static void put(Profile profile) {
    var _ =
        ProfileServiceGrpc.newBlockingStub(fixture.edge.localChannel())
            .putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }

  private static Profile profile(String user) {
    return ProfileServiceGrpc.newBlockingStub(fixture.edge.localChannel())
        .getProfiles(GetProfilesRequest.newBuilder().addUsers(user).build())
        .getEntries(0)
        .getProfile();
  }
}
