package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.DeleteProfile;
import dev.whileaway.aggregator.shard.ShardCommand.PutProfile;
import dev.whileaway.aggregator.shard.ShardCommand.SetPreferences;
import dev.whileaway.aggregator.shard.ShardCommand.WatchUser;
import dev.whileaway.aggregator.shard.ShardReply.ProfileChanged;
import dev.whileaway.aggregator.shard.ShardView.ProfileState.Forgotten;
import dev.whileaway.aggregator.shard.ShardView.ProfileState.Known;
import dev.whileaway.aggregator.shard.ShardView.ProfileState.Unknown;
import dev.whileaway.v1.Profile;

/// Decides what becomes of a profile as a whole. An id that was forgotten may be used again: a new
/// profile takes the tombstone's place.
///
/// A worker that has leased the backlog knows the profile as it was, and may be about to send what
/// its user has just unsubscribed from: unless its sends have begun, it is told STALE.
///
/// What matters to telling is noted in the ledger, but not of users of whom nothing was known:
/// nothing has been decided about them, and an import of a million would write a million notes.
final class ProfileDecider {

  private ProfileDecider() {}

  static Decision decide(StateView view, PutProfile command) {
    var user = new UserId(command.profile().getUser());
    Profile before = profileOrEmpty(view, user);
    Profile after = Devices.dated(given(command, before), before, view.nowMillis());
    boolean changed = !(view.profile(user) instanceof Known(Profile known) && known.equals(after));
    return stored(view, user, before, after, changed);
  }

  /// Whether a user is watched is the operators' business, and outlives the product's next put.
  private static Profile given(PutProfile command, Profile before) {
    var given = command.profile().toBuilder().setWatched(before.getWatched());
    if (command.keepPreferences() && before.hasPreferences()) {
      given.setPreferences(before.getPreferences());
    }
    return given.build();
  }

  static Decision decide(StateView view, DeleteProfile command) {
    return switch (view.profile(command.user())) {
      case Known _ ->
          changed(
                  view,
                  command.user(),
                  new Change.ProfileDeleted(command.user()),
                  "the profile was deleted")
              .reply(new ProfileChanged(true));
      case Unknown _, Forgotten _ -> Decision.answer(new ProfileChanged(false));
    };
  }

  static Decision decide(StateView view, SetPreferences command) {
    Profile before = profileOrEmpty(view, command.user());
    Profile after = before.toBuilder().setPreferences(command.preferences()).build();
    return stored(view, command.user(), before, after, !after.equals(before));
  }

  static Decision decide(StateView view, WatchUser command) {
    Profile before = profileOrEmpty(view, command.user());
    Profile after = before.toBuilder().setWatched(command.watched()).build();
    return stored(view, command.user(), before, after, !after.equals(before));
  }

  private static Decision stored(
      StateView view, UserId user, Profile before, Profile after, boolean changed) {
    return changed
        ? changed(view, user, new Change.ProfileStored(user, after), ProfileWords.of(before, after))
            .reply(new ProfileChanged(true))
        : Decision.answer(new ProfileChanged(false));
  }

  /// A change of a profile, and what it means for a lease and for the ledger.
  ///
  /// @param words empty: nothing changed that matters to telling
  static Decision.Draft changed(StateView view, UserId user, Change change, String words) {
    var draft = new Decision.Draft().add(change);
    UserRecord backlog = view.find(user);
    Claim claim = backlog == null ? null : backlog.claim();
    if (backlog != null && claim != null && claim.sending() == null) {
      draft.replace(backlog.claimed(claim.staled()));
    }
    if (!words.isEmpty() && isHeardOf(view, user)) {
      draft.note(user, Notes.profile(words), view.nowMillis());
    }
    return draft;
  }

  private static boolean isHeardOf(StateView view, UserId user) {
    return view.profile(user) instanceof Known
        || view.find(user) != null
        || !view.ledger(user).isEmpty();
  }

  /// The profile, or one that says nothing but the user's id.
  static Profile profileOrEmpty(StateView view, UserId user) {
    return switch (view.profile(user)) {
      case Known(Profile profile) -> profile;
      case Unknown _, Forgotten _ -> Profile.newBuilder().setUser(user.value()).build();
    };
  }
}
