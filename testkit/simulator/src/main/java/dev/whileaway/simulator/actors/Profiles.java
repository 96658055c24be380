package dev.whileaway.simulator.actors;

import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.simulator.audit.Auditor.Change;
import dev.whileaway.simulator.audit.ProfileOrder;
import dev.whileaway.simulator.world.EventTypes;
import dev.whileaway.simulator.world.Line;
import dev.whileaway.simulator.world.Unavailable;
import dev.whileaway.simulator.world.World;
import dev.whileaway.templates.EventType;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import java.util.Set;

/// A client's changes of profiles.
final class Profiles {

  /// The app that knows how to take a push back; the other has no name.
  static final String RETRACTING_APP = "retracting";

  private static final ProfileOrder NOTHING_OFF = new ProfileOrder(false, false, Set.of());

  /// Without a profile there is no address.
  private static final ProfileOrder ALL_OFF = new ProfileOrder(true, true, Set.of());

  private final World world;
  private final Line line;

  Profiles(World world, Line line) {
    this.world = world;
    this.line = line;
  }

  /// Everybody registers, more or less.
  void putAll() {
    for (UserId user : world.users()) {
      try {
        put(user);
      } catch (Unavailable _) {
        // A user without a profile.
      }
    }
  }

  void change(UserId user) {
    switch (world.chance().below(8)) {
      case 0, 1, 2, 3 -> prefer(user);
      case 4 -> put(user);
      case 5 -> change(user, ALL_OFF, new ShardCommand.DeleteProfile(user));
      default -> register(user);
    }
  }

  private void put(UserId user) {
    var profile =
        Profile.newBuilder().setUser(user.value()).setPreferences(Preferences.getDefaultInstance());
    if (world.chance().hits(0.8)) {
      profile.setEmail(user + "@example.com");
    }
    for (int device = world.chance().below(3); device > 0; device--) {
      profile.addDevices(device(user));
    }
    change(user, NOTHING_OFF, new ShardCommand.PutProfile(profile.build()));
  }

  private void prefer(UserId user) {
    boolean pushOff = world.chance().hits(0.4);
    boolean emailOff = world.chance().hits(0.4);
    var preferences = Preferences.newBuilder().setPushOff(pushOff).setEmailOff(emailOff);
    Set<Integer> muted = Set.of();
    if (world.chance().hits(0.3)) {
      EventType type = world.chance().pick(EventTypes.CATALOGUE.types());
      preferences.addMutedTypes(type.name());
      muted = Set.of(type.id());
    }
    change(
        user,
        new ProfileOrder(pushOff, emailOff, muted),
        new ShardCommand.SetPreferences(user, preferences.build()));
  }

  /// A device more changes nothing of what is off, but who says what that was?
  private void register(UserId user) {
    Change _ = world.auditor().changesProfile(user, NOTHING_OFF);
    try {
      ShardReply _ = line.submit(user, new ShardCommand.RegisterDevice(user, device(user)));
    } finally {
      world.auditor().gaveUpProfile(user);
    }
  }

  private void change(UserId user, ProfileOrder order, ShardCommand command) {
    Change change = world.auditor().changesProfile(user, order);
    try {
      ShardReply _ = line.submit(user, command);
    } catch (Unavailable e) {
      world.auditor().gaveUpProfile(user);
      throw e;
    }
    world.auditor().changedProfile(user, order, change);
  }

  private Device device(UserId user) {
    return Device.newBuilder()
        .setToken(user + "-" + world.chance().below(3))
        .setPlatform(Platform.PLATFORM_FCM)
        .setApp(world.chance().hits(0.5) ? RETRACTING_APP : "")
        .build();
  }
}
