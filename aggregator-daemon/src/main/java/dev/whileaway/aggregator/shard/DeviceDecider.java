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

  private DeviceDecider() {}

  static Decision decide(StateView view, RegisterDevice command) {
    Profile before = ProfileDecider.profileOrEmpty(view, command.user());
    Profile after = Devices.with(before, command.device(), view.nowMillis());
    String words = ProfileWords.of(before, after);
    var gaveWay = new ArrayList<Device>();
    while (after.getDevicesCount() > Devices.MAX) {
      Device oldest = Devices.oldest(after);
      after = Devices.without(after, oldest.getToken());
      gaveWay.add(oldest);
    }
    var draft =
        stored(view, command.user(), after, words).count(Counter.DEVICE_GAVE_WAY, gaveWay.size());
    for (Device device : gaveWay) {
      draft.note(
          command.user(),
          Notes.profile(ProfileWords.shown(device) + " gave way to a newer one"),
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
    Profile after = Devices.without(profile, command.token());
    return stored(view, command.user(), after, ProfileWords.of(profile, after))
        .reply(new ProfileChanged(true));
  }

  private static Decision.Draft stored(StateView view, UserId user, Profile after, String words) {
    return ProfileDecider.changed(view, user, new Change.ProfileStored(user, after), words);
  }
}
