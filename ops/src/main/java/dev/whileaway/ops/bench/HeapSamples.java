package dev.whileaway.ops.bench;

import dev.whileaway.ops.demo.Scrape;
import dev.whileaway.ops.demo.ServeProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What stays on the heap of a `serve` over a while: each sample right after a full collection.
final class HeapSamples {

  private static final int SAMPLES = 30;
  private static final double MEGABYTE = 1 << 20;

  private HeapSamples() {}

  /// Takes as long as `soak`; empty if that is zero.
  static List<Double> over(Duration soak, ServeProcess serve, HttpClient http)
      throws IOException, InterruptedException {
    List<Double> megabytes = new ArrayList<>();
    if (soak.isPositive()) {
      for (int i = 0; i < SAMPLES; i++) {
        Thread.sleep(soak.dividedBy(SAMPLES));
        collect(serve.handle().pid());
        double bytes =
            Scrape.of(http, serve.http()).sum("jvm_memory_used_bytes", Map.of("area", "heap"));
        megabytes.add(bytes / MEGABYTE);
      }
    }
    return megabytes;
  }

  private static void collect(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(
          "expected %s to collect the heap of process %d, but found exit code %d"
              .formatted(jcmd, pid, code));
    }
  }
}
