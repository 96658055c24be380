package dev.whileaway.worker.pipeline;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Place;
import dev.whileaway.worker.deliver.Reservation.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// The places that a digest has on its ways, one for each target; some may have been refused.
final class Places implements AutoCloseable {

  /// By the target's index.
  private final SortedMap<Integer, Reservation> reservations = new TreeMap<>();

  private final List<Refused> refusals = new ArrayList<>();

  private Places() {}

  /// Asks for a place.
  ///
  /// @param <M> a message to one target
  interface Asking<M> {
    Reservation reserve(M message) throws InterruptedException;
  }

  /// Hears of each outcome when it is known, on the thread that sends.
  interface Hearing {
    void ended(int target, Outcome outcome);
  }

  /// Asks for one place after the other, up to the first way that is full: the digest then waits as
  /// a whole, since what goes to one device now would never come to the other. The most crowded way
  /// comes first, so that nothing is held elsewhere while it is waited for.
  ///
  /// @param ahead how many sends go before a message
  static <M> Places take(List<M> messages, ToIntFunction<M> ahead, Asking<M> asking)
      throws InterruptedException {
    Places places = new Places();
    try {
      for (int target : mostCrowdedFirst(messages, ahead)) {
        Reservation reservation = asking.reserve(messages.get(target));
        places.reservations.put(target, reservation);
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

  private static <M> List<Integer> mostCrowdedFirst(List<M> messages, ToIntFunction<M> ahead) {
    if (messages.size() == 1) {
      return List.of(0);
    }
    int[] crowds = messages.stream().mapToInt(ahead).toArray(); // Once: they change.
    return IntStream.range(0, crowds.length)
        .boxed()
        .sorted(Comparator.comparingInt(target -> -crowds[target]))
        .toList();
  }

  /// Whether the digest can go out to anybody now.
  boolean canSend() {
    return refusals.size() < reservations.size()
        && refusals.stream().noneMatch(refused -> refused.cause() == Refused.Cause.FULL);
  }

  List<Refused> refusals() {
    return List.copyOf(refusals);
  }

  /// Sends to every target; never throws for what happened on the way. Each place is given back as
  /// soon as its own send has ended, so that a slow way keeps nobody waiting on the others.
  ///
  /// @param until no further try begins after it
  /// @return an outcome for each target, in order
  List<Outcome> send(FanOut fanOut, Instant until, Hearing hearing) {
    List<Supplier<Outcome>> sends = new ArrayList<>();
    reservations.forEach((target, reservation) ->
        sends.add(() -> {
          Outcome outcome = outcome(reservation, until);
          hearing.ended(target, outcome);
          return outcome;
        }));
    return fanOut.run(sends);
  }

  /// A sender that throws, or was interrupted, may have sent: nobody knows, so that is what is
  /// said. The interrupt has then done its work; the answer to the lease must still get out.
  private static Outcome outcome(Reservation reservation, Instant until) {
    try {
      return switch (reservation) {
        case Place place -> {
          try (place) {
            yield place.send(until);
          }
        }
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
    for (Reservation reservation : reservations.values()) {
      if (reservation instanceof Place place) {
        place.close();
      }
    }
  }
}
