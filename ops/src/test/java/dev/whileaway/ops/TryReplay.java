package dev.whileaway.ops;

import dev.whileaway.ops.replay.Replay;
import dev.whileaway.ops.trace.TraceReader;
import dev.whileaway.templates.Templates;
import dev.whileaway.worker.plan.Policy;
import java.nio.file.*;
import org.junit.jupiter.api.Test;

class TryReplay {
  @Test
  void go() throws Exception {
    long t0 = System.nanoTime();
    try (var r = TraceReader.open(Path.of("/work/shared/data/college.trace.csv.gz"));
        var w = Files.newBufferedWriter(Path.of("/tmp/replay.jsonl"))) {
      System.out.println(Replay.play(r, Templates.standard(), Policy.STANDARD, w));
    }
    System.out.println((System.nanoTime() - t0) / 1e9);
  }
}
