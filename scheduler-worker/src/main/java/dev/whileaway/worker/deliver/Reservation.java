package dev.whileaway.worker.deliver;

import java.time.Instant;

/// What a sender answers when it is asked for a place for a message.
public sealed interface Reservation {

  /// Everything that has to be waited for was waited for: the message can go out now. Used once, by
  /// one thread at a time.
  non-sealed interface Place extends Reservation, AutoCloseable {

    /// Sends the message. Blocks until the outcome is known.
    ///
    /// @param until by the daemons' clock: no further try begins after it
    Outcome send(Instant until, Tries tries) throws InterruptedException;

    /// The same, where nobody hears of tries.
    default Outcome send(Instant until) throws InterruptedException {
      return send(until, _ -> {});
    }

    /// Gives the place back, whether or not it was used.
    @Override
    void close();
  }

  /// There is no place; nothing was sent.
  ///
  /// @param outcome what it comes to for this recipient
  record Refused(Cause cause, Outcome outcome) implements Reservation {

    /// Why there is none.
    public enum Cause {
      /// Too many wait already. It says nothing of the message or its provider.
      FULL,
      /// The provider fails; the ladder goes on without it.
      BANNED,
      /// The provider fails, and the app is of low importance: given up.
      DROPPED,
      /// The provider fails at the door: there is no login for it now.
      NO_LOGIN,
      /// This message can never be sent.
      IMPOSSIBLE
    }
  }

  /// Hears of a send that is tried again.
  interface Tries {

    /// A try came to this, and another follows. Called on the thread that sends; it must not throw.
    void again(Outcome outcome);
  }

  /// One way of sending.
  interface Sending {
    Outcome send() throws InterruptedException;
  }

  /// Sends at once, for whoever holds no lease.
  static Outcome sendNow(Reservation reservation) throws InterruptedException {
    return switch (reservation) {
      case Refused(_, var outcome) -> outcome;
      case Place place -> {
        try (place) {
          yield place.send(Instant.MAX);
        }
      }
    };
  }

  /// This message cannot be sent, which says nothing of its route.
  static Refused impossible(Outcome outcome) {
    return new Refused(Refused.Cause.IMPOSSIBLE, outcome);
  }

  /// A place where there is no limit.
  static Place free(Sending sending) {
    return held(sending, () -> {});
  }

  /// A place that holds something.
  ///
  /// @param giveBack run once, by [Place#close]
  static Place held(Sending sending, Runnable giveBack) {
    return new Place() {
      private boolean closed;

      @Override
      public Outcome send(Instant until, Tries tries) throws InterruptedException {
        return sending.send();
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          giveBack.run();
        }
      }
    };
  }
}
