package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.RegisterDevice;
import dev.whileaway.aggregator.shard.ShardCommand.UnregisterDevice;
import dev.whileaway.aggregator.shard.ShardReply.ProfileChanged;
import dev.whileaway.aggregator.shard.ShardView.ProfileState.Known;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Profile;
import java.util.ArrayList;

/// Decides which devices a user has.
final class DeviceDecider {

  private static final int TOKEN_SHOWN_CHARS = 8;

  private DeviceDecider() {}

  static Decision decide(StateView view, RegisterDevice command) {
    Profile before = ProfileDecider.profileOrEmpty(view, command.user());
    Profile after = Devices.with(before, command.device(), view.nowMillis());
    var gaveWay = new ArrayList<Device>();
    while (after.getDevicesCount() > Devices.MAX) {
      Device oldest = Devices.oldest(after);
      after = Devices.without(after, oldest.getToken());
      gaveWay.add(oldest);
    }
    var draft = stored(view, command.user(), after).count(Counter.DEVICE_GAVE_WAY, gaveWay.size());
    for (Device device : gaveWay) {
      draft.note(
          command.user(),
          Notes.profile(shown(device) + " gave way to a newer one"),
          view.nowMillis());
    }
    return draft.reply(new ProfileChanged(true));
  }

  static Decision decide(StateView view, UnregisterDevice command) {
    if (!(view.profile(command.user()) instanceof Known(Profile profile))) {
      return Decision.answer(new ProfileChanged(false));
    }
    var device =
        Devices.find(profile, command.token())
            .filter(found ->
                Devices.registeredAtMillis(found) <= command.unlessRegisteredAfterMillis());
    if (device.isEmpty()) {
      return Decision.answer(new ProfileChanged(false));
    }
    return stored(view, command.user(), Devices.without(profile, command.token()))
        .note(command.user(), Notes.profile(shown(device.get()) + " was removed"), view.nowMillis())
        .reply(new ProfileChanged(true));
  }

  private static Decision.Draft stored(StateView view, UserId user, Profile after) {
    return ProfileDecider.changed(view, user, new Change.ProfileStored(user, after));
  }

  /// A token is a secret of sorts: its beginning is enough to recognise it.
  private static String shown(Device device) {
    String token = device.getToken();
    String start = token.substring(0, Math.min(TOKEN_SHOWN_CHARS, token.length() / 2));
    return device.getPlatform().name().replace("PLATFORM_", "") + " device " + start + "…";
  }
}
