package dev.whileaway.presence;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/// Measures one thread's changes and reads of a [ChroniclePresenceStore]; not a test. Arguments:
/// the number of users.
final class TouchSpeed {

  private static final int CALLS = 5_000_000;

  private TouchSpeed() {}

  public static void main(String[] args) throws Exception {
    int users = Integer.parseInt(args[0]);
    var folder = Files.createTempDirectory("touch-speed");
    Instant start = Instant.parse("2026-11-21T12:00:00Z");
    long begun = cpuNanos();
    try (var store = ChroniclePresenceStore.open(TestSettings.in(folder, users), () -> start)) {
      say("first open", begun, 1);
      begun = cpuNanos();
      for (int i = 0; i < users; i++) {
        store.touchWeb("user" + i, start);
      }
      say("fill", begun, users);
      for (int round = 1; round <= 3; round++) {
        Random random = new Random(round);
        Instant now = start.plusSeconds(round);
        begun = cpuNanos();
        for (int i = 0; i < CALLS; i++) {
          store.touchWeb("user" + random.nextInt(users), now);
        }
        say("touch", begun, CALLS);
        begun = cpuNanos();
        for (int i = 0; i < CALLS; i++) {
          store.read("user" + random.nextInt(users));
        }
        say("read", begun, CALLS);
      }
      begun = cpuNanos();
      store.sweep(start);
      say("sweep of nobody", begun, 1);
    }
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        System.out.printf("%s %,d bytes%n", file.getFileName(), Files.size(file));
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /// In the thread's own time, which other processes on the machine disturb less.
  private static void say(String what, long begunNanos, int calls) {
    Duration took = Duration.ofNanos(cpuNanos() - begunNanos);
    System.out.printf(
        "%s: %d ms of CPU, %,d/s%n",
        what, took.toMillis(), calls * 1_000_000_000L / took.toNanos());
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
