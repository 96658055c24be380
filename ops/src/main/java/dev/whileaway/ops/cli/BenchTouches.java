package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.Touches;
import dev.whileaway.ops.config.ConfigurationException;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.config.Settings;
import dev.whileaway.ops.serve.RunningClock;
import dev.whileaway.presence.ChroniclePresenceStore;
import dev.whileaway.presence.PresenceStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Touches of the store that `serve` would open, without it.
final class BenchTouches implements Touches {

  private final PresenceStore store;
  private final InstantSource clock;
  private long touched;

  private BenchTouches(PresenceStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  static BenchTouches open(Path data, Path configuration) throws IOException {
    var clock = new RunningClock(Optional.empty());
    try {
      Settings settings =
          new ConfigurationLoader(Map.of())
              .load(Optional.of(configuration), Map.of("data", data.toString()));
      return new BenchTouches(
          ChroniclePresenceStore.open(settings.daemon().presence(), clock), clock);
    } catch (ConfigurationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void touch(String user) {
    store.touchWeb(user, clock.instant());
    touched++;
  }

  @Override
  public long finish() throws IOException {
    long refused = store.usage().refused();
    if (refused > 0) {
      throw new IOException("expected room for every user, but found " + refused + " refusals");
    }
    return touched;
  }

  @Override
  public void close() {
    store.close();
  }
}
