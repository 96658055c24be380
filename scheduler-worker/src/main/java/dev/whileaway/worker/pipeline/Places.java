package dev.whileaway.worker.pipeline;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Place;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The places that a digest has on its ways, one for each target; some may have been refused.
final class Places implements AutoCloseable {

  /// By the target's index.
  private final SortedMap<Integer, Reservation> reservations = new TreeMap<>();

  private final List<Refused> refusals = new ArrayList<>();

  private Places() {}

  /// Hears what sends come to when it is known, on the thread that sends.
  interface Hearing {

    /// A try came to this, and another follows.
    default void again(int target, Outcome outcome) {}

    void ended(int target, Outcome outcome);
  }

  /// The place of a message with one target.
  static Places of(Reservation reservation) {
    Places places = new Places();
    places.add(0, reservation);
    return places;
  }

  /// Asks for one place after the other, up to the first way that is full: the digest then waits as
  /// a whole, since what goes to one device now would never come to the other.
  ///
  /// Ways that stand still are waited for first, so that nothing is held on the others meanwhile;
  /// and all digests ask in the same order, so that no two wait for what the other holds.
  static Places take(List<Push> pushes, PushSender sender) throws InterruptedException {
    Places places = new Places();
    boolean all = false;
    try {
      Set<Way> entered = new HashSet<>();
      for (int target : inOrder(pushes, sender)) {
        Push push = pushes.get(target);
        Way way = sender.way(push.device());
        Reservation reservation =
            entered.contains(way) ? sender.accompany(push) : sender.reserve(push);
        places.add(target, reservation);
        if (reservation instanceof Place) {
          entered.add(way); // Only beside a place of its own does another go along.
        }
        if (reservation instanceof Refused(var cause, _) && cause == Refused.Cause.FULL) {
          break;
        }
      }
      all = true;
      return places;
    } finally {
      if (!all) {
        places.close();
      }
    }
  }

  private static List<Integer> inOrder(List<Push> pushes, PushSender sender) {
    if (pushes.size() == 1) {
      return List.of(0);
    }
    List<Way> ways = pushes.stream().map(push -> sender.way(push.device())).toList();
    Map<Way, Boolean> still = new HashMap<>(); // Asked once: it changes.
    ways.forEach(way -> still.computeIfAbsent(way, Way::standsStill));
    return IntStream.range(0, ways.size())
        .boxed()
        .sorted(
            Comparator.<Integer, Boolean>comparing(
                    target -> !still.getOrDefault(ways.get(target), false))
                .thenComparing(target -> ways.get(target).name()))
        .toList();
  }

  private void add(int target, Reservation reservation) {
    reservations.put(target, reservation);
    if (reservation instanceof Refused refused) {
      refusals.add(refused);
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

  /// Sends to every target that has a place; never throws for what happened on the way. Each place
  /// is given back as soon as its own send has ended, so that a slow way keeps nobody waiting on
  /// the others.
  ///
  /// @param until no further try begins after it
  /// @return an outcome for each target, in order
  List<Outcome> send(FanOut fanOut, Instant until, Hearing hearing) {
    List<Supplier<Outcome>> sends = new ArrayList<>();
    reservations.forEach((target, reservation) ->
        sends.add(() -> {
          Outcome outcome = outcome(reservation, until, failed -> hearing.again(target, failed));
          if (reservation instanceof Place) {
            hearing.ended(target, outcome);
          }
          return outcome;
        }));
    return fanOut.run(sends);
  }

  /// A sender that throws, or was interrupted, may have sent: nobody knows, so that is what is
  /// said. The interrupt has then done its work; the answer to the lease must still get out.
  private static Outcome outcome(Reservation reservation, Instant until, Reservation.Tries tries) {
    try {
      return switch (reservation) {
        case Place place -> {
          try (place) {
            yield place.send(until, tries);
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
