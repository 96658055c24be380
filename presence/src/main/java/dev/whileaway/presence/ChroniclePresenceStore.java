package dev.whileaway.presence;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import net.openhft.chronicle.core.io.ClosedIllegalStateException;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.MapAbsentEntry;
import net.openhft.chronicle.map.MapQueryContext;
import net.openhft.chronicle.values.Values;

/// Keeps presence in a memory-mapped file, by Chronicle Map: 57 bytes a user outside the heap, over
/// a million changes a second and thread.
///
/// What is written survives a restart and a kill of the process, not the loss of the machine: the
/// file is never synced, since presence is soft state.
///
/// Keys are 64-bit hashes of user ids. Two users who shared one would share their presence (odds of
/// any such pair: 3 in a million among 10 million users, 3 in ten thousand among 100 million): one
/// of them might be told a little later, since presence only ever puts off. Ids as keys would cost
/// half the speed and a third more space.
///
/// An entry is touched only under the lock of its segment, and read into a copy: a view of the
/// file's memory used outside would show another user's entry once this one is removed.
public final class ChroniclePresenceStore implements PresenceStore {

  static {
    // Not on the class path, by an exclusion that a test guards; if it ever comes back it is mute.
    System.setProperty("chronicle.analytics.disable", "true");
  }

  private final PresenceFolder folder;
  private final PresenceMaps.Opened opened;
  private final ChronicleMap<LongValue, LastSeen> map;
  private final Refusals refusals;

  /// Segments that had no room for a new entry, and of which none was removed since. Asking the
  /// library again would cost an exception for each touch.
  private final Set<Integer> fullSegments = ConcurrentHashMap.newKeySet();

  private final ThreadLocal<Views> views = ThreadLocal.withInitial(Views::new);
  private final AtomicBoolean closed = new AtomicBoolean();

  private ChroniclePresenceStore(
      PresenceFolder folder,
      PresenceMaps.Opened opened,
      PresenceSettings settings,
      InstantSource clock) {
    this.folder = folder;
    this.opened = opened;
    this.map = opened.map();
    this.refusals = new Refusals(settings.expectedUsers(), clock);
  }

  /// Opens the store in `settings.folder()`, creating it if the folder is empty. A file that was
  /// not closed in order is recovered; one that cannot be is set aside, with a warning, and the
  /// store starts empty; one made for fewer users is copied into a larger one. One made for more
  /// stays as it is.
  ///
  /// The first call in a process takes one to two seconds, five on a busy machine, in which the
  /// library generates and compiles classes: call it on a thread of its own while other things
  /// start.
  ///
  /// @param clock for names of files and the pace of warnings
  /// @throws FolderInUseException if another process uses the folder
  /// @throws IOException if the folder cannot be written, or has no space left
  public static ChroniclePresenceStore open(PresenceSettings settings, InstantSource clock)
      throws IOException {
    PresenceFolder folder = PresenceFolder.take(settings.folder());
    try {
      var opened = new PresenceMaps(folder, settings.expectedUsers(), clock).open();
      return new ChroniclePresenceStore(folder, opened, settings, clock);
    } catch (Throwable e) {
      folder.release();
      throw e;
    }
  }

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
    Views view = views.get();
    try (var query = map.queryContext(view.key(user))) {
      query.writeLock().lock();
      var entry = query.entry();
      if (entry != null) {
        entry.value().getUsing(view.inFile).setConnectedUntilMillis(0);
      }
    }
  }

  @Override
  public void forget(String user) {
    try (var query = map.queryContext(views.get().key(user))) {
      query.writeLock().lock();
      var entry = query.entry();
      if (entry != null) {
        entry.doRemove();
        fullSegments.remove(query.segmentIndex());
      }
    }
  }

  @Override
  public PresenceReading read(String user) {
    Views view = views.get();
    LastSeen copy = map.getUsing(view.key(user), view.copy);
    return copy == null ? PresenceReading.NEVER : reading(copy);
  }

  /// Goes segment by segment: each is locked for 1 to 4 ms while it is looked through.
  @Override
  public long sweep(Instant before) {
    long beforeMillis = before.toEpochMilli();
    long[] swept = {0};
    for (int segment = 0; segment < map.segments(); segment++) {
      try (var context = map.segmentContext(segment)) {
        context.forEachSegmentEntry(entry -> {
          if (reading(entry.value().get()).lastSeenAtMillis() < beforeMillis) {
            entry.doRemove();
            swept[0]++;
          }
        });
      }
    }
    fullSegments.clear();
    return swept[0];
  }

  @Override
  public Usage usage() {
    return new Usage(map.longSize(), opened.capacity(), refusals.count());
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    map.close();
    try {
      folder.mark(opened.file(), PresenceFolder.Mark.CLEAN);
      folder.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void change(String user, UnaryOperator<PresenceReading> change) {
    Views view = views.get();
    try (var query = map.queryContext(view.key(user))) {
      query.writeLock().lock();
      var entry = query.entry();
      if (entry != null) {
        LastSeen seen = entry.value().getUsing(view.inFile);
        write(change.apply(reading(seen)), seen);
        return;
      }
      write(change.apply(PresenceReading.NEVER), view.copy);
      insert(query, view.copy);
    }
  }

  private void insert(MapQueryContext<LongValue, LastSeen, ?> query, LastSeen seen) {
    int segment = query.segmentIndex();
    if (fullSegments.contains(segment)) {
      refusals.add();
      return;
    }
    try {
      MapAbsentEntry<LongValue, LastSeen> absent = query.absentEntry();
      absent.doInsert(query.wrapValueAsData(seen));
    } catch (ClosedIllegalStateException e) {
      throw e;
    } catch (IllegalStateException e) {
      // The library's word for "cannot grow any further".
      fullSegments.add(segment);
      refusals.add();
    }
  }

  private static PresenceReading reading(LastSeen seen) {
    return new PresenceReading(
        seen.getLastWebAtMillis(), seen.getLastAppAtMillis(), seen.getConnectedUntilMillis());
  }

  private static void write(PresenceReading reading, LastSeen seen) {
    seen.setLastWebAtMillis(reading.lastWebAtMillis());
    seen.setLastAppAtMillis(reading.lastAppAtMillis());
    seen.setConnectedUntilMillis(reading.connectedUntilMillis());
  }

  /// What one thread needs to look at an entry.
  private static final class Views {

    private final LongValue key = Values.newHeapInstance(LongValue.class);
    private final LastSeen copy = Values.newHeapInstance(LastSeen.class);

    /// Points into the file. Valid only under the lock of the entry's segment.
    private final LastSeen inFile = Values.newNativeReference(LastSeen.class);

    LongValue key(String user) {
      key.setValue(
          Hashing.farmHashFingerprint64().hashString(user, StandardCharsets.UTF_8).asLong());
      return key;
    }
  }
}
