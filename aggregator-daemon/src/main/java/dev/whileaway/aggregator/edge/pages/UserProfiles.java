package dev.whileaway.aggregator.edge.pages;

import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.ProfileServiceGrpc.ProfileServiceBlockingStub;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.SetPreferencesRequest;
import io.grpc.Channel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Reads and changes profiles through the API. Blocks; throws what a gRPC call throws.
///
/// A muted type that the catalogue has no more would be refused, and must not keep anybody from
/// unsubscribing: it is left out of what is read.
final class UserProfiles {

  private static final int CALL_SECONDS_MAX = 10;

  private final ProfileServiceBlockingStub api;
  private final Set<String> types;

  /// @param types of the catalogue
  UserProfiles(Channel api, Set<String> types) {
    this.api = ProfileServiceGrpc.newBlockingStub(api);
    this.types = types;
  }

  /// Empty: there is none, or the account was deleted.
  Optional<Profile> of(String user) {
    var entry =
        call().getProfiles(GetProfilesRequest.newBuilder().addUsers(user).build()).getEntries(0);
    return entry.hasProfile() ? Optional.of(known(entry.getProfile())) : Optional.empty();
  }

  /// What the product sets in the same moment may be lost, as may this: the later one stays.
  void set(String user, Preferences preferences) {
    var _ =
        call()
            .setPreferences(
                SetPreferencesRequest.newBuilder()
                    .setUser(user)
                    .setPreferences(preferences)
                    .build());
  }

  /// The contract has no call for the language alone, which is the product's to say: a profile is
  /// put as a whole. Its preferences are left out, and so stay as they are stored. A device that is
  /// registered in the same moment may be lost until its app starts again.
  void putLocale(Profile profile, String locale) {
    var changed = profile.toBuilder().setLocale(locale).clearPreferences();
    var _ = call().putProfile(PutProfileRequest.newBuilder().setProfile(changed).build());
  }

  private Profile known(Profile profile) {
    var preferences = profile.getPreferences();
    var muted = preferences.getMutedTypesList().stream().filter(types::contains).toList();
    return profile.toBuilder()
        .setPreferences(preferences.toBuilder().clearMutedTypes().addAllMutedTypes(muted))
        .build();
  }

  private ProfileServiceBlockingStub call() {
    return api.withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS);
  }
}
