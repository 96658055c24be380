package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.DeleteProfileRequest;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.ImportProfilesRequest;
import dev.whileaway.v1.ImportProfilesResponse;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.RegisterDeviceRequest;
import dev.whileaway.v1.SetPreferencesRequest;
import dev.whileaway.v1.UnregisterDeviceRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `ProfileService`, called as a client calls it.
class ProfileServiceTest extends ServiceTest {

  @Test
  void profiles_comeInOrder_knownAndUnknown() {
    put(Profile.newBuilder().setUser("anna").setName("Anna").build());
    List<String> users = IntStream.range(0, 300).mapToObj(i -> "user-" + i).toList();

    List<ProfileEntry> entries =
        profiles
            .getProfiles(
                GetProfilesRequest.newBuilder().addAllUsers(users).addUsers("anna").build())
            .getEntriesList();

    assertThat(entries).hasSize(301);
    assertThat(entries.subList(0, 300))
        .extracting(ProfileEntry::getUser)
        .containsExactlyElementsOf(users);
    assertThat(entries.getFirst().hasUnknown()).isTrue();
    assertThat(entries.getLast().getProfile().getName()).isEqualTo("Anna");
  }

  @Test
  void devices_registerAndUnregister() {
    Device device =
        Device.newBuilder().setToken("token-1").setPlatform(Platform.PLATFORM_APNS).build();
    profiles.registerDevice(
        RegisterDeviceRequest.newBuilder().setUser("anna").setDevice(device).build());
    assertThat(entry("anna").getProfile().getDevicesList()).hasSize(1);

    UnregisterDeviceRequest.Builder request =
        UnregisterDeviceRequest.newBuilder().setUser("anna").setToken("token-1");
    // TRAPS 39: dead since before it was registered anew.
    assertThat(
            profiles
                .unregisterDevice(
                    request.setUnlessRegisteredAfter(Timestamps.fromSeconds(1)).build())
                .getRemoved())
        .isFalse();
    assertThat(profiles.unregisterDevice(request.clearUnlessRegisteredAfter().build()).getRemoved())
        .isTrue();
    assertThat(profiles.unregisterDevice(request.build()).getRemoved()).isFalse();
  }

  @Test
  void preferences_replace_andDeleteSaysWhetherThereWasOne() {
    profiles.setPreferences(
        SetPreferencesRequest.newBuilder()
            .setUser("anna")
            .setPreferences(Preferences.newBuilder().setPushOff(true))
            .build());

    assertThat(entry("anna").getProfile().getPreferences().getPushOff()).isTrue();
    DeleteProfileRequest delete = DeleteProfileRequest.newBuilder().setUser("anna").build();
    assertThat(profiles.deleteProfile(delete).getExisted()).isTrue();
    assertThat(profiles.deleteProfile(delete).getExisted()).isFalse();
  }

  @Test
  void importProfiles_countsAndNamesTheWrongOnes() throws Exception {
    List<ImportProfilesRequest> requests =
        IntStream.range(0, 1000)
            .mapToObj(i ->
                Profile.newBuilder()
                    .setUser("user-" + i)
                    .setEmail(i == 17 ? "nowhere" : "u" + i + "@example.com"))
            .map(profile -> ImportProfilesRequest.newBuilder().setProfile(profile).build())
            .toList();

    ImportProfilesResponse answer =
        new Streamed<ImportProfilesResponse>()
            .run(ProfileServiceGrpc.newStub(fixture.channel)::importProfiles, requests)
            .getFirst();

    assertThat(answer.getImported()).isEqualTo(999);
    assertThat(answer.getRefused()).isEqualTo(1);
    assertThat(answer.getViolations(0).getField()).isEqualTo("[17].profile.email");
    assertThat(entry("user-999").getProfile().getEmail()).isEqualTo("u999@example.com");
  }
}
