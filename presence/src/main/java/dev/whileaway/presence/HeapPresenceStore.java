package dev.whileaway.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/// Keeps presence in a plain map, as long as the process lives: for tests and replays. Refuses
/// nobody, and grows with its users.
public final class HeapPresenceStore implements PresenceStore {

  private final ConcurrentMap<String, PresenceReading> readings = new ConcurrentHashMap<>();
  private volatile boolean closed;

  @Override
  public void touchWeb(String user, Instant at) {
    change(user, reading -> reading.touchedWeb(at));
  }

  @Override
  public void touchApp(String user, Instant at) {
    change(user, reading -> reading.touchedApp(at));
  }

  @Override
  public void connect(String user, Instant at, Duration keepAlive) {
    change(user, reading -> reading.connected(at, keepAlive));
  }

  @Override
  public void disconnect(String user) {
    open().computeIfPresent(user, (_, reading) -> reading.disconnected());
  }

  @Override
  public void forget(String user) {
    open().remove(user);
  }

  @Override
  public PresenceReading read(String user) {
    return open().getOrDefault(user, PresenceReading.NEVER);
  }

  @Override
  public long sweep(Instant before) {
    long beforeMillis = before.toEpochMilli();
    long swept = 0;
    for (var entry : open().entrySet()) {
      if (entry.getValue().lastSeenAtMillis() < beforeMillis
          && readings.remove(entry.getKey(), entry.getValue())) {
        swept++;
      }
    }
    return swept;
  }

  @Override
  public Usage usage() {
    return new Usage(open().size(), Long.MAX_VALUE, 0);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void change(String user, UnaryOperator<PresenceReading> change) {
    open().compute(user, (_, known) -> change.apply(known == null ? PresenceReading.NEVER : known));
  }

  private ConcurrentMap<String, PresenceReading> open() {
    if (closed) {
      throw new IllegalStateException("expected an open presence store, but it is closed");
    }
    return readings;
  }
}
