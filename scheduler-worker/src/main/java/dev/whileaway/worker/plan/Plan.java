package dev.whileaway.worker.plan;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What to do with a due backlog: tell it, or answer its lease at once.
public sealed interface Plan {

  /// Why, in words for the ledger.
  String words();

  /// Something is to be sent.
  sealed interface Tell extends Plan {

    /// What is told; never empty.
    DigestContent digest();

    Channel channel();

    Presumed presumed();

    /// What waits and is not told, as a clause; empty: all of it is told.
    String leftOut();
  }

  /// One push to every device.
  ///
  /// @param collapseKey one for each user: the newest digest replaces an older one on the device
  /// @param silent shown without sound
  /// @param expiresAt when the provider may give up
  /// @param next what the ladder holds after the push
  record TellByPush(
      DigestContent digest,
      List<Device> devices,
      String collapseKey,
      boolean silent,
      Instant expiresAt,
      NextStep next,
      Presumed presumed,
      String words,
      String leftOut)
      implements Tell {

    @Override
    public Channel channel() {
      return Channel.CHANNEL_PUSH;
    }
  }

  /// One e-mail, the last step of the ladder.
  record TellByMail(
      DigestContent digest, String address, Presumed presumed, String words, String leftOut)
      implements Tell {

    @Override
    public Channel channel() {
      return Channel.CHANNEL_EMAIL;
    }
  }

  /// What the ladder holds after the push, as far as is known when it is sent.
  enum NextStep {
    EMAIL,
    /// No address, or e-mail is off: the push is all that this user gets.
    NOTHING
  }

  /// The answer to a lease.
  sealed interface Answer extends Plan {
    Reason reason();
  }

  /// Not now: due again after `delay`.
  ///
  /// @param flags PUSH_SENT is added to what the backlog has; the others replace
  record Cancel(Duration delay, Set<BacklogFlag> flags, Reason reason, String words)
      implements Answer {}

  /// Done: the leased events leave the backlog.
  record Confirm(Reason reason, String words) implements Answer {}
}
