package dev.whileaway.ops.crash;

import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import io.grpc.Channel;
import java.util.Random;

/// The users of some lives. A ledger keeps 200 entries a user: users who lived through hundreds of
/// kills would have lost the story of the first.
record Cohort(int number) {

  private static final int USERS = 120;
  private static final int LIVES = 8;

  static Cohort ofLife(int life) {
    return new Cohort(life / LIVES);
  }

  String any(Random random) {
    return user(random.nextInt(USERS));
  }

  private String user(int index) {
    return "user-%d-%d".formatted(number, index);
  }

  /// Puts the profiles of all: a device whose token is the user, and an address that begins with
  /// it.
  void introduce(Channel channel) {
    var profiles = ProfileServiceGrpc.newBlockingStub(channel);
    for (int i = 0; i < USERS; i++) {
      String user = user(i);
      var device = Device.newBuilder().setToken(user).setPlatform(Platform.PLATFORM_FCM);
      var profile =
          Profile.newBuilder().setUser(user).setEmail(user + "@example.org").addDevices(device);
      var _ = profiles.putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
    }
  }
}
