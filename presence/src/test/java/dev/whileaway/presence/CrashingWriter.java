package dev.whileaway.presence;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// A process that writes presence until it is killed: two threads, each with users of its own. Says
/// on its standard output, round after round, what is written for all users.
final class CrashingWriter {

  static final int USERS_PER_THREAD = 5_000;
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

  private CrashingWriter() {}

  public static void main(String[] args) throws Exception {
    var store =
        ChroniclePresenceStore.open(
            TestSettings.in(Path.of(args[0]), 2L * USERS_PER_THREAD), () -> START);
    Thread.ofPlatform().start(() -> write(store, "b"));
    write(store, "a");
  }

  private static void write(PresenceStore store, String thread) {
    for (int round = 1; ; round++) {
      for (int user = 0; user < USERS_PER_THREAD; user++) {
        store.connect(thread + user, START.plusMillis(round), KEEP_ALIVE);
      }
      System.out.println(thread + " " + round);
    }
  }
}
