package dev.whileaway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.simulator.world.Tally;
import dev.whileaway.simulator.world.Tally.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatorTest {

  private static final long SEEDS = Long.getLong("simulator.seeds", 3_000);
  private static final long SEEDS_FOR_A_MUTANT_MAX = 10_000;

  // TRAPS 1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 14, 15, 18, 20, 28, 29, 38
  @Test
  void seeds_keepEveryPromise_andMeetEveryKindOfTrouble() {
    var simulator = new Simulator();

    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(simulator.play(seed)).isEmpty();
    }

    assertThat(Kind.values())
        .allSatisfy(kind -> assertThat(simulator.tally().of(kind)).as(kind.name()).isPositive());
  }

  @Test
  void seed_playedAgain_isTheSameRun() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(counts(seed)).containsExactly(counts(seed));
    }
  }

  private static long[] counts(long seed) {
    var simulator = new Simulator();
    var _ = simulator.play(seed);
    Tally tally = simulator.tally();
    return Arrays.stream(Kind.values()).mapToLong(tally::of).toArray();
  }

  /// The test of the test: who finds none of these would find no others.
  @ParameterizedTest
  @EnumSource
  void mutant_isFound(Mutant mutant) {
    var simulator = new Simulator(mutant.seams());

    Optional<Simulator.Violation> found =
        LongStream.rangeClosed(1, SEEDS_FOR_A_MUTANT_MAX)
            .mapToObj(simulator::play)
            .flatMap(Optional::stream)
            .findFirst();

    assertThat(found).as(mutant + " within " + SEEDS_FOR_A_MUTANT_MAX + " seeds").isPresent();
    System.out.printf(
        "%s: seed %d, prefix of %d steps: %s%n",
        mutant,
        found.get().seed(),
        found.get().prefixSteps(),
        found.get().rule().lines().findFirst().orElse(""));
  }
}
