package dev.whileaway.benchmarks.whileaway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What of a JVM's heap is reachable, after a full collection, by the JDK's own `jcmd`.
final class LiveHeap {

  /// Of each generation: the lines of metaspace do not say "total".
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private LiveHeap() {}

  static long bytes(ProcessHandle jvm) throws IOException, InterruptedException {
    var _ = jcmd(jvm, "GC.run");
    String info = jcmd(jvm, "GC.heap_info");
    long kilobytes =
        USED.matcher(info).results().mapToLong(used -> Long.parseLong(used.group(1))).sum();
    if (kilobytes == 0) {
      throw new IOException("expected jcmd to tell of a heap, but found: " + info);
    }
    return kilobytes * 1024;
  }

  private static String jcmd(ProcessHandle jvm, String command)
      throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(jvm.pid()), command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IOException("expected jcmd " + command + " to work, but found: " + said);
    }
    return said;
  }
}
