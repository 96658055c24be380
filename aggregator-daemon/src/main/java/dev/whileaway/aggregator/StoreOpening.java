package dev.whileaway.aggregator;

import dev.whileaway.aggregator.edge.Edge;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.raft.DurableShardLog;
import dev.whileaway.aggregator.raft.StoreRefusedException;
import dev.whileaway.aggregator.suppression.SuppressionList;
import dev.whileaway.presence.ChroniclePresenceStore;
import dev.whileaway.presence.PresenceStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A store on its way: shards load while presence is opened, and while whoever began does something
/// else. End it with [Daemon#start] or [#abandon].
public final class StoreOpening {

  /// Below the store's folder, whose lock guards it too.
  private static final String SUPPRESSIONS = "suppressions";

  private final DaemonSettings settings;
  private final InstantSource clock;
  private final FutureTask<ShardLog> log;
  private final FutureTask<PresenceStore> presence;

  private StoreOpening(DaemonSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.log = started("open-log", () -> DurableShardLog.open(settings, clock));
    this.presence =
        started("open-presence", () -> ChroniclePresenceStore.open(settings.presence(), clock));
  }

  /// Begins; what fails is told by [Daemon#start].
  ///
  /// @throws IllegalArgumentException if the settings would expose an unprotected port: nothing was
  ///   written to disk then
  public static StoreOpening begin(DaemonSettings settings, InstantSource clock) {
    Edge.requireProtected(settings);
    return new StoreOpening(settings, clock);
  }

  DaemonSettings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }

  private static <T> FutureTask<T> started(String name, Callable<T> opening) {
    var task = new FutureTask<T>(opening);
    Thread.ofPlatform().daemon().name(name).start(task);
    return task;
  }

  /// What was opened.
  record Store(ShardLog log, PresenceStore presence, SuppressionList suppressions)
      implements AutoCloseable {
    @Override
    public void close() {
      suppressions.close();
      log.close();
      presence.close();
    }
  }

  /// Waits until the store is open; if it cannot be opened, nothing of it stays open.
  Store await() throws StoreRefusedException, IOException {
    try {
      return new Store(
          opened(log),
          opened(presence),
          SuppressionList.open(settings.data().resolve(SUPPRESSIONS)));
    } catch (StoreRefusedException | IOException | RuntimeException e) {
      abandon();
      throw e;
    }
  }

  /// Closes what was begun, as soon as it is open.
  public void abandon() {
    close(log);
    close(presence);
  }

  private static void close(FutureTask<? extends AutoCloseable> opening) {
    try {
      opened(opening).close();
    } catch (Exception neverOpened) {
      // The first failure is the one to tell.
    }
  }

  private static <T> T opened(FutureTask<T> opening) throws StoreRefusedException, IOException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StoreRefusedException refused -> throw refused;
        case IOException failed -> throw failed;
        case null, default -> throw new IllegalStateException("the store could not be opened", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the store was being opened");
    }
  }
}
