package dev.whileaway.aggregator.edge.pages;

import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.ProfileServiceGrpc.ProfileServiceBlockingStub;
import dev.whileaway.v1.SetPreferencesRequest;
import io.grpc.Channel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Reads and changes profiles through the API. Blocks; throws what a gRPC call throws.
final class UserProfiles {

  private static final int CALL_SECONDS_MAX = 10;

  private final ProfileServiceBlockingStub api;

  UserProfiles(Channel api) {
    this.api = ProfileServiceGrpc.newBlockingStub(api);
  }

  /// Empty: there is none, or the account was deleted.
  Optional<Profile> of(String user) {
    var entry =
        call().getProfiles(GetProfilesRequest.newBuilder().addUsers(user).build()).getEntries(0);
    return entry.hasProfile() ? Optional.of(entry.getProfile()) : Optional.empty();
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

  private ProfileServiceBlockingStub call() {
    return api.withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS);
  }
}
