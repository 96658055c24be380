package dev.whileaway.simulator;

import dev.whileaway.simulator.Simulation.Ending;
import dev.whileaway.simulator.world.Seams;
import dev.whileaway.simulator.world.Tally;
import dev.whileaway.simulator.world.Trace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Plays seeds. The same seed is the same run, on every machine.
public final class Simulator {

  private static final int STORY_LINES_MAX = 60;

  private final Supplier<Seams> seams;
  private final Tally tally = new Tally();

  /// The code as it is.
  public Simulator() {
    this(() -> Seams.NONE);
  }

  /// @param seams made anew for each run: faults that were put in on purpose
  public Simulator(Supplier<Seams> seams) {
    this.seams = seams;
  }

  /// A seed that broke a rule.
  ///
  /// @param step the last one of the run
  /// @param prefixSteps with faults in the first so many steps, and calm after them, it fails too
  /// @param story the last lines of that shortest run
  public record Violation(long seed, String rule, long step, long prefixSteps, List<String> story) {

    @Override
    public String toString() {
      return "seed %d, step %d, shortest failing prefix %d steps: %s%n  %s"
          .formatted(seed, step, prefixSteps, rule, String.join("\n  ", story));
    }
  }

  /// Plays one seed.
  public Optional<Violation> play(long seed) {
    Ending ending = play(seed, Long.MAX_VALUE, Trace.NONE);
    tally.add(ending.tally());
    return ending.violation().map(_ -> shortest(seed, ending));
  }

  /// What happened in all seeds so far.
  public Tally tally() {
    return tally;
  }

  /// On a virtual thread, as the strands are: the baton then passes without the operating system.
  private Ending play(long seed, long stepsMax, Trace trace) {
    var run = new FutureTask<>(() -> Simulation.play(seed, stepsMax, seams.get(), trace));
    Thread.ofVirtual().name("simulation").start(run);
    try {
      return run.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while playing seed " + seed, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("expected to play seed " + seed, e.getCause());
    }
  }

  /// Halves the steps with faults for as long as the rest still fails. It need not fail for the
  /// same reason: whatever fails is worth a look.
  private Violation shortest(long seed, Ending whole) {
    long passes = 0;
    long fails = whole.activeSteps();
    while (fails - passes > 1) {
      long middle = (passes + fails) >>> 1;
      if (play(seed, middle, Trace.NONE).violation().isPresent()) {
        fails = middle;
      } else {
        passes = middle;
      }
    }
    Deque<String> story = new ArrayDeque<>();
    Ending shortest =
        play(
            seed,
            fails,
            words -> {
              story.addLast(words.get());
              if (story.size() > STORY_LINES_MAX) {
                story.removeFirst();
              }
            });
    return new Violation(
        seed,
        shortest.violation().or(whole::violation).orElseThrow(),
        shortest.tally().of(Tally.Kind.STEPS),
        fails,
        List.copyOf(story));
  }
}
