package dev.whileaway.ops.serve;

import dev.whileaway.v1.Device;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.ReportRequest;
import io.grpc.ManagedChannel;

/// A user with a phone and an address, and what happens to her.
final class Anna {

  private Anna() {}

  static void put(ManagedChannel channel) {
    var device = Device.newBuilder().setPlatform(Platform.PLATFORM_FCM).setToken("annas-phone");
    var profile =
        Profile.newBuilder().setUser("anna").setEmail("anna@example.org").addDevices(device);
    var _ =
        ProfileServiceGrpc.newBlockingStub(channel)
            .putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }

  /// A match with Bob.
  static void report(ManagedChannel channel, boolean watched) {
    var event =
        Event.newBuilder()
            .setRecipient("anna")
            .setSender("bob")
            .setType("match")
            .setWatched(watched);
    var _ =
        EventServiceGrpc.newBlockingStub(channel)
            .report(ReportRequest.newBuilder().addEvents(event).build());
  }
}
