package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Place;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What waits for its turn or for a place, and what may happen meanwhile.
class RouteWaitTest extends RouteFixture {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stopWaiting() {
    threads.shutdownNow();
  }

  private Future<Reservation> waiting(Route route) {
    int before = route.load().waiting();
    Future<Reservation> waiting = threads.submit(() -> reserve(route));
    await().until(() -> route.load().waiting() > before);
    return waiting;
  }

  @Test
  void restThatIsAskedForMeanwhile_isKept() throws Exception {
    Route route = route(Importance.HIGH, 1, 0, LONG);
    Place held = (Place) reserve(route);
    Future<Reservation> next = waiting(route);

    outcomes.add(retry(Duration.ofSeconds(90), Trouble.PACE));
    held.send(clock.instant());
    held.close();

    assertThat(cause(next.get())).isEqualTo(Cause.FULL);
    assertThat(route.load().underWay()).isZero();
    assertThat(shares.held()).isZero();
  }

  @Test
  void banThatBeginsMeanwhile_isKept() throws Exception {
    Route route = route(Importance.HIGH, 1, 0, LONG);
    for (int i = 0; i < 3; i++) {
      outcomes.add(OUTAGE);
      send(route);
    }
    Place held = (Place) reserve(route);
    Future<Reservation> next = waiting(route);

    outcomes.add(OUTAGE);
    held.send(clock.instant());
    held.close();

    assertThat(cause(next.get())).isEqualTo(Cause.BANNED);
    assertThat(shares.held()).isZero();
  }

  @Test
  void waitingForTheRate_isWaitingInTheQueue() throws Exception {
    CountDownLatch turn = new CountDownLatch(1);
    pauses = _ -> turn.await();
    Route route = route(Importance.HIGH, 2, 1, LONG);
    send(route);
    List<Future<Reservation>> queue = new ArrayList<>(List.of(waiting(route), waiting(route)));

    assertThat(cause(reserve(route))).isEqualTo(Cause.FULL);

    turn.countDown();
    for (Future<Reservation> one : queue) {
      ((Place) one.get()).close();
    }
    assertThat(route.load().waiting()).isZero();
    assertThat(shares.held()).isZero();
  }

  @Test
  void turnOfOneThatFindsTheQueueFull_isGivenBack() throws Exception {
    CountDownLatch turn = new CountDownLatch(1);
    pauses =
        pause -> {
          paused.add(pause);
          turn.await();
        };
    Route route = route(Importance.HIGH, 4, 1, LONG);
    ((Place) reserve(route)).close();
    List<Future<Reservation>> queue = new ArrayList<>(List.of(waiting(route), waiting(route)));
    for (int i = 0; i < 10; i++) {
      assertThat(cause(reserve(route))).isEqualTo(Cause.FULL);
    }
    turn.countDown();
    for (Future<Reservation> one : queue) {
      ((Place) one.get()).close();
    }

    ((Place) reserve(route)).close();

    assertThat(paused.getLast()).isEqualTo(Duration.ofMillis(2_900));
  }

  @Test
  void restThatIsAskedForMeanwhile_endsRetries() throws Exception {
    List<Route> routes = new ArrayList<>();
    pauses =
        _ -> {
          outcomes.add(retry(Duration.ofSeconds(90), Trouble.PACE));
          var _ = send(routes.getFirst());
          outcomes.add(LOST);
        };
    routes.add(route(Importance.HIGH, 2, 0, LONG));
    outcomes.add(LOST);

    Outcome outcome = send(routes.getFirst());

    assertThat(outcome).isEqualTo(LOST);
    assertThat(sends).isEqualTo(3);
  }

  // TRAPS 33
  @Test
  void routeThatHoldsItsShare_isFull_andLeavesTheOthersSome() throws Exception {
    Route hanging = route(Importance.HIGH, 200, 0, Duration.ZERO);
    List<Place> held = new ArrayList<>();
    while (reserve(hanging) instanceof Place place) {
      held.add(place);
      place.send(clock.instant()); // It goes well, so that the route gets as many as it may have.
      clock.advance(Duration.ofSeconds(1));
    }
    Route other = route(Importance.HIGH, 200, 0, Duration.ZERO);

    assertThat(held).hasSize(67); // Of 100.
    assertThat(reserve(other)).isInstanceOf(Place.class);
    held.forEach(Place::close);
    assertThat(reserve(hanging)).isInstanceOf(Place.class);
  }

  // TRAPS 33
  @Test
  void twoUsersWithTwoPhones_findRoomOneAfterTheOther() throws Exception {
    Route route = route(Importance.HIGH, 2, 0, LONG);
    Place anna = (Place) reserve(route);
    Place bea = (Place) reserve(route);
    Future<Reservation> carl = waiting(route);

    Place annasOther = (Place) accompany(route);
    Place beasOther = (Place) accompany(route);
    anna.close();
    bea.close();
    assertThat(carl.isDone()).isFalse();

    annasOther.close();
    ((Place) carl.get()).close();
    beasOther.close();
    assertThat(route.load().underWay()).isZero();
    assertThat(shares.held()).isZero();
  }

  private Reservation accompany(Route route) throws InterruptedException {
    return route.accompany(clock.instant().plusSeconds(60), () -> Reservation.free(() -> ACCEPTED));
  }
}
