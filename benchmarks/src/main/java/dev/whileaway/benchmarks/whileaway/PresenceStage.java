package dev.whileaway.benchmarks.whileaway;

import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.Touches;
import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.load.Reading;
import dev.whileaway.benchmarks.phase.Measure;
import dev.whileaway.benchmarks.phase.Phase;
import dev.whileaway.benchmarks.phase.Plan;
import dev.whileaway.benchmarks.phase.Stage;
import dev.whileaway.benchmarks.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Touches of presence by one thread: of the store itself, in this process, and of a `serve` on one
/// stream. No peer keeps presence.
///
/// @param starter of the `serve`
/// @param store opens the store that such a `serve` would open
public record PresenceStage(Serve.Starter starter, StoreOpener store) implements Stage {

  /// A look at the time costs a tenth of a touch.
  private static final int TOUCHES_A_LOOK = 64;

  /// Opens the store of presence in this process.
  @FunctionalInterface
  public interface StoreOpener {

    /// @param data what it was, or is to be, opened with before
    Touches open(Path data, Path configuration) throws IOException;
  }

  /// Opens what was open before again.
  @FunctionalInterface
  private interface Opener {
    Touches open() throws IOException;
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.of(Phase.TOUCH, Phase.TOUCH_STREAM);
  }

  @Override
  public boolean takes(Contender contender) {
    return contender instanceof WhileawayContender;
  }

  @Override
  public Map<Phase, Measure> run(Contender contender, WorkFolder work, Plan plan, Set<Phase> wanted)
      throws IOException, InterruptedException {
    var measures = new EnumMap<Phase, Measure>(Phase.class);
    Path folder = work.next("presence");
    Path configuration = folder.resolve("bench.yaml");
    Files.writeString(configuration, "presence:\n  expected-users: " + plan.users() + "\n");
    if (wanted.contains(Phase.TOUCH)) {
      Path data = folder.resolve("in-process");
      Reading reading =
          measure(() -> store.open(data, configuration), plan, ProcessHandle.current());
      measures.put(Phase.TOUCH, Measure.of(reading.rate()));
    }
    if (wanted.contains(Phase.TOUCH_STREAM)) {
      try (Serve serve =
          starter.start(folder.resolve("serve"), configuration, folder.resolve("serve.log"))) {
        Reading reading = measure(() -> TouchClient.to(serve), plan, serve.handle());
        measures.put(Phase.TOUCH_STREAM, Measure.of(reading));
      }
    }
    return measures;
  }

  private static Reading measure(Opener opener, Plan plan, ProcessHandle server)
      throws IOException, InterruptedException {
    try (Touches touches = opener.open()) {
      touch(touches, plan.workload(), plan.pace().warmUp());
      var _ = touches.finish();
    }
    try (Touches touches = opener.open()) {
      Reading begin = Reading.now(0, server);
      touch(touches, plan.workload(), plan.pace().window());
      return Reading.now(touches.finish(), server).since(begin);
    }
  }

  private static void touch(Touches touches, Workload workload, Duration time)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    for (long k = 0; System.nanoTime() - begun < time.toNanos(); k += TOUCHES_A_LOOK) {
      for (long i = k; i < k + TOUCHES_A_LOOK; i++) {
        touches.touch(Long.toString(workload.user(i)));
      }
    }
  }
}
