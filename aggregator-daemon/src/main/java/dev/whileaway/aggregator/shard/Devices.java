package dev.whileaway.aggregator.shard;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Profile;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The devices of a profile, in the order of their registration.
final class Devices {

  static final int MAX = 20;

  private Devices() {}

  /// A profile that was put, with the moments of registration: a token that is known keeps its own,
  /// a new one is registered now. Of devices with one token the last counts.
  static Profile dated(Profile put, Profile before, long nowMillis) {
    var byToken = new LinkedHashMap<String, Device>();
    for (Device device : put.getDevicesList()) {
      Timestamp at =
          find(before, device.getToken())
              .map(Device::getRegisteredAt)
              .orElseGet(() -> Timestamps.fromMillis(nowMillis));
      byToken.put(device.getToken(), device.toBuilder().setRegisteredAt(at).build());
    }
    return put.toBuilder().clearDevices().addAllDevices(byToken.values()).build();
  }

  static Optional<Device> find(Profile profile, String token) {
    return profile.getDevicesList().stream()
        .filter(device -> device.getToken().equals(token))
        .findFirst();
  }

  static Profile with(Profile profile, Device device, long nowMillis) {
    var registered = device.toBuilder().setRegisteredAt(Timestamps.fromMillis(nowMillis)).build();
    return without(profile, device.getToken()).toBuilder().addDevices(registered).build();
  }

  static Profile without(Profile profile, String token) {
    return profile.toBuilder()
        .clearDevices()
        .addAllDevices(
            profile.getDevicesList().stream()
                .filter(device -> !device.getToken().equals(token))
                .toList())
        .build();
  }

  /// The device that was registered first; of several, the one that stands first.
  static Device oldest(Profile profile) {
    Device oldest = profile.getDevices(0);
    for (Device device : profile.getDevicesList()) {
      if (registeredAtMillis(device) < registeredAtMillis(oldest)) {
        oldest = device;
      }
    }
    return oldest;
  }

  static long registeredAtMillis(Device device) {
    return Timestamps.toMillis(device.getRegisteredAt());
  }
}
