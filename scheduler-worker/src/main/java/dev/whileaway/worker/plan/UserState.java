package dev.whileaway.worker.plan;

import dev.whileaway.v1.Profile;

/// What is known of a user, be it the recipient or a sender.
public sealed interface UserState {

  UserState UNKNOWN = new Unknown();

  /// There is a profile.
  record Known(Profile profile) implements UserState {}

  /// No profile was ever put, or it was deleted: the user exists, and cannot be told anything.
  record Unknown() implements UserState {}

  /// The account was deleted: nothing is told to it, and nothing of it.
  record Forgotten() implements UserState {}

  /// The profile; an empty one where there is none.
  default Profile profileOrEmpty() {
    return switch (this) {
      case Known(var profile) -> profile;
      case Unknown _, Forgotten _ -> Profile.getDefaultInstance();
    };
  }
}
