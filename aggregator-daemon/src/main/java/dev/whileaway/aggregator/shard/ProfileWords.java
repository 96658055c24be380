package dev.whileaway.aggregator.shard;

import dev.whileaway.v1.Device;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import java.util.ArrayList;
import java.util.List;

/// Says for the ledger what a change of a profile means to the telling of its user: the ways there
/// are, what the user wants, the local hour and the language. Of other fields it says nothing.
final class ProfileWords {

  private static final int TOKEN_SHOWN_CHARS = 8;

  private ProfileWords() {}

  /// Empty: nothing changed that matters.
  static String of(Profile before, Profile after) {
    List<String> changes = new ArrayList<>();
    devices(changes, before, after);
    email(changes, before.getEmail(), after.getEmail());
    preferences(changes, before.getPreferences(), after.getPreferences());
    if (!before.getZone().equals(after.getZone())) {
      changes.add("the time zone is now " + shown(after.getZone(), "UTC"));
    }
    if (!before.getLocale().equals(after.getLocale())) {
      changes.add("the language is now " + shown(after.getLocale(), "the default"));
    }
    if (before.getWatched() != after.getWatched()) {
      changes.add(after.getWatched() ? "watched from now on" : "no longer watched");
    }
    return String.join("; ", changes);
  }

  private static void devices(List<String> changes, Profile before, Profile after) {
    for (Device device : before.getDevicesList()) {
      if (Devices.find(after, device.getToken()).isEmpty()) {
        changes.add(shown(device) + " was removed");
      }
    }
    for (Device device : after.getDevicesList()) {
      if (Devices.find(before, device.getToken()).isEmpty()) {
        changes.add(shown(device) + " was registered");
      }
    }
  }

  /// An address stands in the ledger only where something was sent to it.
  private static void email(List<String> changes, String before, String after) {
    if (before.equals(after)) {
      return;
    }
    if (after.isEmpty()) {
      changes.add("the e-mail address was removed");
    } else {
      changes.add(
          before.isEmpty() ? "an e-mail address is known now" : "the e-mail address changed");
    }
  }

  private static void preferences(List<String> changes, Preferences before, Preferences after) {
    if (before.getPushOff() != after.getPushOff()) {
      changes.add("pushes were turned " + onOrOff(after.getPushOff()));
    }
    if (before.getEmailOff() != after.getEmailOff()) {
      changes.add("e-mail was turned " + onOrOff(after.getEmailOff()));
    }
    if (!before.getMutedTypesList().equals(after.getMutedTypesList())) {
      changes.add("muted types: " + shown(String.join(", ", after.getMutedTypesList()), "none"));
    }
  }

  private static String onOrOff(boolean off) {
    return off ? "off" : "on";
  }

  private static String shown(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }

  /// A token is a secret of sorts: its beginning is enough to recognise it.
  static String shown(Device device) {
    String token = device.getToken();
    String start = token.substring(0, Math.min(TOKEN_SHOWN_CHARS, token.length() / 2));
    return device.getPlatform().name().replace("PLATFORM_", "") + " device " + start + "…";
  }
}
