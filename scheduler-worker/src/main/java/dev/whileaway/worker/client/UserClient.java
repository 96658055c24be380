package dev.whileaway.worker.client;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.v1.GetPresenceRequest;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.Presence;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.UnregisterDeviceRequest;
import dev.whileaway.worker.pipeline.PresenceReadings;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.UserState;
import io.grpc.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Profiles and presence, at the daemons' ProfileService and PresenceService.
public final class UserClient implements Users, PresenceReadings {

  /// Users of one call (profiles.proto, presence.proto).
  static final int USERS_MAX = 5000;

  private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles;
  private final PresenceServiceGrpc.PresenceServiceBlockingStub presence;
  private final Retry retry;

  public UserClient(Channel daemon, Retry retry) {
    this.profiles = ProfileServiceGrpc.newBlockingStub(daemon);
    this.presence = PresenceServiceGrpc.newBlockingStub(daemon);
    this.retry = retry;
  }

  @Override
  public Map<String, UserState> states(Set<String> users) {
    Map<String, UserState> states = new HashMap<>();
    for (List<String> chunk : chunks(users)) {
      var request = GetProfilesRequest.newBuilder().addAllUsers(chunk).build();
      var answer = retry.call(() -> Calls.bounded(profiles).getProfiles(request));
      for (ProfileEntry entry : answer.getEntriesList()) {
        states.put(entry.getUser(), Wire.userState(entry));
      }
    }
    return states;
  }

  @Override
  public Map<String, PresenceReading> of(Set<String> users) {
    Map<String, PresenceReading> readings = new HashMap<>();
    for (List<String> chunk : chunks(users)) {
      var request = GetPresenceRequest.newBuilder().addAllUsers(chunk).build();
      var answer = retry.call(() -> Calls.bounded(presence).getPresence(request));
      for (Presence entry : answer.getEntriesList()) {
        readings.put(entry.getUser(), Wire.presence(entry));
      }
    }
    return readings;
  }

  @Override
  public void unregisterDevice(String user, String token, Instant unlessRegisteredAfter) {
    var request =
        UnregisterDeviceRequest.newBuilder()
            .setUser(user)
            .setToken(token)
            .setUnlessRegisteredAfter(Wire.timestamp(unlessRegisteredAfter))
            .build();
    var _ = retry.call(() -> Calls.bounded(profiles).unregisterDevice(request));
  }

  private static List<List<String>> chunks(Set<String> users) {
    List<String> all = List.copyOf(users);
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += USERS_MAX) {
      chunks.add(all.subList(from, Math.min(from + USERS_MAX, all.size())));
    }
    return chunks;
  }
}
