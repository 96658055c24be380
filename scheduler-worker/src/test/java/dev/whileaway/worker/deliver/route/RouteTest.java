package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Place;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import dev.whileaway.worker.deliver.route.RouteCounts.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RouteTest extends RouteFixture {

  @Test
  void whatIsOver_isNotSent_andCounted() throws Exception {
    Route route = route(Importance.HIGH, 2, 0);
    Instant end = clock.instant().plusSeconds(60);
    Route.Beyond beyond =
        () ->
            Reservation.free(() -> {
              sends++;
              return ACCEPTED;
            });

    clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(Reservation.sendNow(route.reserve(end, beyond))).isEqualTo(ACCEPTED);
    clock.advance(Duration.ofMillis(1));
    assertThat(cause(route.reserve(end, beyond))).isEqualTo(Cause.IMPOSSIBLE);

    assertThat(sends).isEqualTo(1);
    assertThat(route.counts().of(What.EXPIRED)).isEqualTo(1);
    assertThat(route.load().banned()).isFalse();
  }

  @Test
  void queue_full_refusesAtOnce_andNothingIsLostOfTheRoom() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    Place held = (Place) reserve(route);
    CountDownLatch refused = new CountDownLatch(3);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3; i++) {
        threads.submit(() -> {
          if (cause(reserve(route)) == Cause.FULL) {
            refused.countDown();
          }
          return null;
        });
      }
    }
    assertThat(refused.getCount()).isZero();
    assertThat(route.load().waiting()).isZero();

    held.close();
    held.close();

    assertThat(route.load().underWay()).isZero();
    assertThat(send(route)).isEqualTo(ACCEPTED);
  }

  @Test
  void paceIsKept_whileNoMoreWaitThanEndedOfLate() throws Exception {
    Route route = route(Importance.HIGH, 1, 0, Duration.ofMinutes(1));
    assertThat(route.load().keepsPace()).isTrue();
    Place held = (Place) reserve(route);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waits = threads.submit(() -> send(route));
      await().until(() -> route.load().waiting() == 1);
      assertThat(route.load().keepsPace()).isFalse();

      held.send(clock.instant());
      assertThat(route.load().keepsPace()).isTrue();

      held.close();
      assertThat(waits.get()).isEqualTo(ACCEPTED);
    }
  }

  @Test
  void thoseThatFindItFull_comeAgainAsItTakesThem_andAreNotKeptAwayBecauseItHasJustBegun()
      throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    Place held = (Place) reserve(route);
    assertThat(List.of(delay(reserve(route)), delay(reserve(route))))
        .containsExactly(Duration.ofSeconds(1), Duration.ofMillis(1100));

    clock.advance(Duration.ofSeconds(2)); // Nothing has ended: it stands still.
    assertThat(List.of(delay(reserve(route)), delay(reserve(route))))
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    held.close();
  }

  @Test
  void thoseWhoMeetARest_comeAgainOneAfterTheOther_asToARouteThatStandsStill() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    outcomes.add(retry(Duration.ofSeconds(60), Trouble.PACE));
    send(route);
    clock.advance(Duration.ofSeconds(10));

    assertThat(List.of(delay(reserve(route)), delay(reserve(route))))
        .containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(51));
  }

  @Test
  void thoseWhoMetABan_takeNobodysMoment() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    for (int i = 0; i < 4; i++) {
      outcomes.add(OUTAGE);
      send(route);
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(delay(reserve(route))).isEqualTo(Duration.ofSeconds(30));
    }
    clock.advance(Duration.ofSeconds(30));
    assertThat(send(route)).isEqualTo(ACCEPTED);

    Place held = (Place) reserve(route);
    assertThat(delay(reserve(route))).isEqualTo(Duration.ofSeconds(1));
    held.close();
  }

  @Test
  void companionOfAProbe_goesOutWithIt_andDecidesNothing() throws Exception {
    Route route = route(Importance.HIGH, 2, 0);
    for (int i = 0; i < 4; i++) {
      outcomes.add(OUTAGE);
      send(route);
    }
    clock.advance(Duration.ofSeconds(30));
    Place probe = (Place) reserve(route);
    Place companion = (Place) route.accompany(Instant.MAX, () -> Reservation.free(() -> ACCEPTED));

    assertThat(companion.send(clock.instant())).isEqualTo(ACCEPTED);
    companion.close();
    assertThat(route.load().banned()).isTrue();

    assertThat(probe.send(clock.instant())).isEqualTo(ACCEPTED);
    probe.close();
    assertThat(route.load().banned()).isFalse();
    assertThat(route.load().underWay()).isZero();
  }

  @Test
  void workerThatStopsBeforeARetry_knowsThatNothingHasLeft() throws Exception {
    pauses =
        pause -> {
          if (!pause.isZero()) {
            throw new InterruptedException();
          }
        };
    Route route = route(Importance.HIGH, 1, 0);
    outcomes.add(LOST);

    assertThat(send(route)).isEqualTo(LOST);
    assertThat(sends).isOne();
  }

  private static Duration delay(Reservation reservation) {
    return ((Outcome.RetryAfter) ((Refused) reservation).outcome()).delay();
  }

  @Test
  void whatWasAsked_isForgottenSoon() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    send(route);
    send(route);
    assertThat(route.load().asked()).isEqualTo(2);

    clock.advance(Duration.ofSeconds(2));
    assertThat(route.load().asked()).isZero();
  }

  @Test
  void crowd_growsTheNumberInFlight() throws Exception {
    Route route = route(Importance.HIGH, 3, 0);
    send(route);
    List<Place> held = new ArrayList<>(List.of((Place) reserve(route), (Place) reserve(route)));
    clock.advance(Duration.ofSeconds(1));

    held.add((Place) reserve(route));

    assertThat(route.load().limit()).isEqualTo(3);
    held.forEach(Place::close);
    assertThat(route.load().underWay()).isZero();
  }

  @Test
  void crowd_beforeAProviderThatHangs_doesNot() throws Exception {
    Route route = route(Importance.HIGH, 3, 0);
    List<Place> held = List.of((Place) reserve(route), (Place) reserve(route));
    clock.advance(Duration.ofSeconds(1));

    assertThat(cause(reserve(route))).isEqualTo(Cause.FULL);

    assertThat(route.load().limit()).isEqualTo(2);
    held.forEach(Place::close);
  }

  @Test
  void slowAnswers_shrinkIt() throws Exception {
    Route route = route(Importance.HIGH, 3, 0);
    send(route);
    List<Place> held = new ArrayList<>(List.of((Place) reserve(route), (Place) reserve(route)));
    clock.advance(Duration.ofSeconds(1));
    held.add((Place) reserve(route));
    clock.advance(Duration.ofSeconds(1));

    Place slow = held.removeLast();
    outcomes.add(new Outcome.Unknown("no answer"));
    slow.send(clock.instant());
    slow.close();

    assertThat(route.load().limit()).isEqualTo(2);
    held.forEach(Place::close);
  }

  // TRAPS 17
  @Test
  void brokenWay_isTriedAgainAtOnce_withGrowingPauses() throws Exception {
    outcomes.addAll(List.of(LOST, LOST));

    Route route = route(Importance.HIGH, 1, 0);

    assertThat(send(route)).isEqualTo(ACCEPTED);

    assertThat(sends).isEqualTo(3);
    assertThat(route.counts().of(What.RETRIED)).isEqualTo(2);
    assertThat(route.counts().of(What.RETRY_AFTER)).isEqualTo(2);
    assertThat(route.counts().of(What.ACCEPTED)).isOne();
    assertThat(paused.get(0)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
    assertThat(paused.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  // TRAPS 17
  @Test
  void brokenWay_isGivenBackAfterThreeTries() throws Exception {
    outcomes.addAll(List.of(LOST, LOST, LOST, LOST));

    assertThat(send(route(Importance.HIGH, 1, 0))).isEqualTo(LOST);
    assertThat(sends).isEqualTo(3);
  }

  // TRAPS 6, 10, 47
  @Test
  void whatMayHaveBeenTaken_isNeverSentAgain() throws Exception {
    Outcome unknown = new Outcome.Unknown("no answer");
    outcomes.add(unknown);

    assertThat(send(route(Importance.HIGH, 1, 0))).isEqualTo(unknown);
    assertThat(sends).isOne();
  }

  // TRAPS 4
  @Test
  void leaseThatEnds_endsTheRetries() throws Exception {
    outcomes.add(LOST);

    assertThat(send(route(Importance.HIGH, 1, 0), clock.instant().plusMillis(50))).isEqualTo(LOST);
    assertThat(sends).isOne();
  }

  @Test
  void retries_endWithTheirBudget() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    int retried = 0;
    for (int i = 0; i < 100; i++) {
      clock.advance(Duration.ofSeconds(11)); // A window of its own: nobody is banned.
      outcomes.add(LOST);
      int before = sends;
      send(route);
      retried += sends - before - 1;
    }

    assertThat(retried).isBetween(10, 22);
  }

  @Test
  void providerThatAsksForARest_isLeftAlone() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    outcomes.add(retry(Duration.ofSeconds(90), Trouble.PACE));
    send(route);

    assertThat(cause(reserve(route))).isEqualTo(Cause.FULL);
    assertThat(sends).isOne();

    clock.advance(Duration.ofSeconds(90));
    assertThat(send(route)).isEqualTo(ACCEPTED);
  }

  @Test
  void rate_isKept_byPausesBeforeThePlaceIsHandedOut() throws Exception {
    Route route = route(Importance.HIGH, 1, 100);
    Instant begin = clock.instant();
    for (int i = 0; i < 60; i++) {
      assertThat(send(route)).isEqualTo(ACCEPTED);
    }

    assertThat(Duration.between(begin, clock.instant()))
        .isEqualTo(Duration.ofMillis(490)); // 60 at 100 a second, less what may go at once.
  }

  @Test
  void failingProvider_isBanned_thenProbedOnce() throws Exception {
    Route route = route(Importance.HIGH, 2, 0);
    for (int i = 0; i < 4; i++) {
      outcomes.add(OUTAGE);
      send(route);
    }
    assertThat(cause(reserve(route))).isEqualTo(Cause.BANNED);
    assertThat(route.load().banned()).isTrue();

    clock.advance(Duration.ofSeconds(30));
    Place probe = (Place) reserve(route);
    assertThat(cause(reserve(route))).isEqualTo(Cause.BANNED);
    probe.send(clock.instant());
    probe.close();

    assertThat(send(route)).isEqualTo(ACCEPTED);
    assertThat(route.load().banned()).isFalse();
  }

  @Test
  void probe_givenBackUnsent_leavesTheRouteToBeProbed() throws Exception {
    Route route = route(Importance.HIGH, 2, 0);
    for (int i = 0; i < 4; i++) {
      outcomes.add(OUTAGE);
      send(route);
    }
    clock.advance(Duration.ofSeconds(30));
    ((Place) reserve(route)).close();

    assertThat(send(route)).isEqualTo(ACCEPTED);
  }

  @Test
  void probe_turnedAway_leavesTheRouteToBeProbed() throws Exception {
    Route route = route(Importance.HIGH, 2, 0);
    outcomes.addAll(List.of(OUTAGE, OUTAGE, OUTAGE, OUTAGE, TURNED_AWAY));
    for (int i = 0; i < 4; i++) {
      send(route);
    }
    clock.advance(Duration.ofSeconds(30));

    assertThat(send(route)).isEqualTo(TURNED_AWAY);
    assertThat(route.load().banned()).isTrue();

    assertThat(send(route)).isEqualTo(ACCEPTED);
    assertThat(route.load().banned()).isFalse();
  }

  @Test
  void sendsTurnedAway_letNoMoreGoOutAtOnce() throws Exception {
    Route route = route(Importance.HIGH, 3, 0);
    outcomes.addAll(Collections.nCopies(3, TURNED_AWAY));
    assertThat(send(route)).isEqualTo(TURNED_AWAY);
    List<Place> held = List.of((Place) reserve(route), (Place) reserve(route));
    clock.advance(Duration.ofSeconds(1));

    assertThat(cause(reserve(route))).isEqualTo(Cause.FULL);
    assertThat(route.load().limit()).isEqualTo(2);
    held.forEach(Place::close);
  }

  @Test
  void failingProvider_ofAnAppOfLowImportance_dropsItsPushes() throws Exception {
    Route route = route(Importance.LOW, 1, 0);
    for (int i = 0; i < 4; i++) {
      outcomes.add(OUTAGE);
      send(route);
    }

    assertThat(cause(reserve(route))).isEqualTo(Cause.DROPPED);
    assertThat(route.counts().of(What.DROPPED)).isOne();
  }

  @Test
  void deadTokens_banNobody() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    for (int i = 0; i < 40; i++) {
      outcomes.add(new Outcome.Unregistered(Optional.empty(), "410"));
      send(route);
    }

    assertThat(send(route)).isEqualTo(ACCEPTED);
  }

  @Test
  void refusalBeyond_givesAllBack() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    var impossible = new Refused(Cause.IMPOSSIBLE, new Outcome.Rejected("no address"));

    assertThat(route.reserve(() -> impossible)).isEqualTo(impossible);

    await().until(() -> route.load().underWay() == 0);
    assertThat(send(route)).isEqualTo(ACCEPTED);
  }

  @Test
  void senderThatThrows_countsAsNoAnswer() throws Exception {
    Route route = route(Importance.HIGH, 1, 0);
    for (int i = 0; i < 4; i++) {
      Place place =
          (Place)
              route.reserve(() ->
                  Reservation.free(() -> {
                    throw new IllegalStateException("broken");
                  }));
      try (place) {
        place.send(clock.instant());
      } catch (IllegalStateException expected) {
        assertThat(expected).hasMessage("broken");
      }
    }

    assertThat(route.load().banned()).isTrue();
  }
}
