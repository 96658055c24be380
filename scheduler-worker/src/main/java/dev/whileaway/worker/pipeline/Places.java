package dev.whileaway.worker.pipeline;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Place;
import dev.whileaway.worker.deliver.Reservation.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The places that a digest has on its ways, one for each target; some may have been refused.
final class Places implements AutoCloseable {

  private final List<Reservation> reservations = new ArrayList<>();
  private final List<Refused> refusals = new ArrayList<>();

  private Places() {}

  /// Asks for a place.
  ///
  /// @param <M> a message to one target
  interface Asking<M> {
    Reservation reserve(M message) throws InterruptedException;
  }

  /// Asks for one place after the other, up to the first way that is full: the digest then waits as
  /// a whole, since what goes to one device now would never come to the other.
  static <M> Places take(List<M> messages, Asking<M> asking) throws InterruptedException {
    Places places = new Places();
    try {
      for (M message : messages) {
        Reservation reservation = asking.reserve(message);
        places.reservations.add(reservation);
        if (reservation instanceof Refused refused) {
          places.refusals.add(refused);
          if (refused.cause() == Refused.Cause.FULL) {
            break;
          }
        }
      }
      return places;
    } catch (InterruptedException | RuntimeException e) {
      places.close();
      throw e;
    }
  }

  /// Whether the digest can go out to anybody now.
  boolean canSend() {
    return refusals.size() < reservations.size()
        && refusals.stream().noneMatch(refused -> refused.cause() == Refused.Cause.FULL);
  }

  List<Refused> refusals() {
    return List.copyOf(refusals);
  }

  /// Sends to every target; never throws for what happened on the way.
  ///
  /// @param until no further try begins after it
  /// @return an outcome for each target, in order
  List<Outcome> send(FanOut fanOut, Instant until) {
    return fanOut.run(
        reservations.stream()
            .<Supplier<Outcome>>map(reservation -> () -> outcome(reservation, until))
            .toList());
  }

  /// A sender that throws, or was interrupted, may have sent: nobody knows, so that is what is
  /// said. The interrupt has then done its work; the answer to the lease must still get out.
  private static Outcome outcome(Reservation reservation, Instant until) {
    try {
      return switch (reservation) {
        case Place place -> place.send(until);
        case Refused(_, var outcome) -> outcome;
      };
    } catch (InterruptedException _) {
      return new Outcome.Unknown("interrupted while sending");
    } catch (RuntimeException e) {
      return new Outcome.Unknown("the sender broke: " + e);
    }
  }

  @Override
  public void close() {
    for (Reservation reservation : reservations) {
      if (reservation instanceof Place place) {
        place.close();
      }
    }
  }
}
