package dev.whileaway.presence;

import java.nio.file.Path;
import java.time.Instant;

/// A process that opens a store, sees somebody, and closes it.
final class OpeningStore {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private OpeningStore() {}

  public static void main(String[] args) throws Exception {
    var settings = TestSettings.in(Path.of(args[0]), 100);
    try (var store = ChroniclePresenceStore.open(settings, () -> NOW)) {
      store.touchWeb("anna", NOW);
    }
  }
}
