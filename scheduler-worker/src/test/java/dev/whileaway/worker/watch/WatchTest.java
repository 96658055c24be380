package dev.whileaway.worker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Step;
import dev.whileaway.worker.deliver.Way;
import dev.whileaway.worker.pipeline.Observer;
import dev.whileaway.worker.plan.Circumstances;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.UserState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final Due DUE =
      new Due(
          new Lease("anna", 1, NOW, NOW.plusSeconds(60)), NOW, 1, false, 0, List.of(), List.of());

  private final List<List<Step>> noted = new ArrayList<>();

  @Test
  void steps_beyondTheMost_areNotSentToTheLedger_butTheLastIs() {
    Watch watch = watch(Observer.NONE, (_, steps) -> noted.add(steps));

    watch.began(DUE, known(true));
    for (int i = 0; i < 100; i++) {
      watch.stale(DUE);
    }
    watch.leaseLost(DUE, "at last");
    watch.ended(DUE);

    assertThat(noted).singleElement().asList().hasSize(Watch.STEPS_MAX);
    assertThat(noted.getFirst().getLast().getWhat()).contains("at last");
    assertThat(noted.getFirst().getFirst().getAt().getNanos()).isEqualTo(123_000_000);
  }

  @Test
  void ledgerThatIsAway_changesNothing() {
    List<Due> ended = new ArrayList<>();
    Observer next =
        new Observer() {
          @Override
          public void ended(Due due) {
            ended.add(due);
          }
        };
    Watch watch =
        watch(
            next,
            (_, _) -> {
              throw new IllegalStateException("away");
            });

    watch.began(DUE, known(true));
    watch.ended(DUE);

    assertThat(ended).containsExactly(DUE);
  }

  @Test
  void userWhoIsNotWatched_hasNoSteps() {
    Watch watch = watch(Observer.NONE, (_, steps) -> noted.add(steps));

    watch.began(DUE, known(false));
    watch.stale(DUE);
    watch.ended(DUE);

    assertThat(noted).isEmpty();
  }

  @Test
  void eventThatIsWatched_hasItsDigestsStepsNoted_thoughItsUserIsNotWatched() {
    Watch watch = watch(Observer.NONE, (_, steps) -> noted.add(steps));

    watch.began(telling(false), known(false));
    watch.ended(telling(false));
    assertThat(noted).isEmpty();

    watch.began(telling(true), known(false));
    watch.ended(telling(true));
    assertThat(noted).singleElement().asList().hasSize(2);
  }

  private static Watch watch(Observer next, Watch.Ledger ledger) {
    return new Watch(next, InstantSource.fixed(NOW), ledger, (_, _) -> Way.OPEN);
  }

  private static Due telling(boolean watched) {
    var event = new Due.PendingEvent(1, "message", "bob", "", NOW, watched);
    return new Due(DUE.lease(), NOW, 1, false, 0, List.of(event), List.of());
  }

  private static Circumstances known(boolean watched) {
    var profile = Profile.newBuilder().setUser("anna").setWatched(watched).build();
    return new Circumstances(
        new UserState.Known(profile), Map.of(), PresenceReading.NEVER, Set.of());
  }
}
