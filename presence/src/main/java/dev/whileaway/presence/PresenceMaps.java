package dev.whileaway.presence;

import dev.whileaway.presence.PresenceFolder.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens, recovers, replaces and enlarges the map of a presence folder.
///
/// Presence is soft state, so no trouble with its file keeps the process from starting: a file that
/// cannot be opened, or not in time, is set aside, and the store starts empty.
final class PresenceMaps {

  /// Room beyond the declared users, before the file has to grow.
  static final double HEADROOM = 1.5;

  /// How many times its first size the file may grow by.
  static final double GROWTH_MAX = 4;

  /// Opening may take this long, and this much longer for each gigabyte: several times what was
  /// measured (a clean file of 10 million users 0.6 s, a recovered one 4.4 s).
  static final Duration OPEN_MAX = Duration.ofSeconds(30);

  private static final Duration OPEN_MAX_PER_GIGABYTE = Duration.ofSeconds(20);

  private static final Logger log = LoggerFactory.getLogger(PresenceMaps.class);

  private final PresenceFolder folder;
  private final long users;
  private final InstantSource clock;
  private final Duration openMax;

  PresenceMaps(PresenceFolder folder, long users, InstantSource clock, Duration openMax) {
    this.folder = folder;
    this.users = users;
    this.clock = clock;
    this.openMax = openMax;
  }

  /// An open map and the file that it lies in.
  record Opened(ChronicleMap<LongValue, LastSeen> map, MapFile file) {

    /// About how many entries fit: the library fails at the measured 2.04 times its declared
    /// entries for a growth of 1, and at 11.3 times for 10.
    long capacity() {
      return (long) (entries(file.users()) * (1 + GROWTH_MAX));
    }
  }

  Opened open() throws IOException {
    tryFlags();
    Optional<MapFile> found = folder.newest();
    if (found.isEmpty()) {
      return create(found);
    }
    MapFile file = found.get();
    try {
      Opened opened = new Opened(loadInTime(file), file);
      return file.users() < users ? enlarge(opened) : opened;
    } catch (UnusableFileException e) {
      log.warn(
          "Presence file {} cannot be used ({}). It is kept as {}; presence starts empty, so every"
              + " user counts as offline until seen again.",
          file.path(),
          e.getMessage(),
          folder.setAside(file, clock.instant()),
          e.getCause());
      return create(found);
    }
  }

  /// A tiny map in memory, before the file is looked at: a missing JVM flag is no fault of the
  /// file.
  private static void tryFlags() {
    builder(1).create().close();
  }

  private Opened create(Optional<MapFile> last) throws IOException {
    MapFile file = folder.after(last, users);
    build(file).close();
    finish(file);
    return reopen(file);
  }

  /// The library ignores a larger number of entries than a file was made for, so a larger file is
  /// made and the entries are copied. If that fails, such as for want of space, the small file
  /// serves on.
  private Opened enlarge(Opened small) throws IOException {
    MapFile large = folder.after(Optional.of(small.file()), users);
    log.info(
        "Presence was declared for {} users and now is for {}: copying {} entries into a larger"
            + " file.",
        small.file().users(),
        users,
        small.map().longSize());
    try (var from = small.map();
        var to = build(large)) {
      from.forEachEntry(entry -> to.put(entry.key().get(), entry.value().get()));
    } catch (IOException | RuntimeException e) {
      log.warn("Presence stays sized for {} users: {}", small.file().users(), e.toString());
      Files.deleteIfExists(large.unfinishedPath());
      return reopen(small.file());
    }
    finish(large);
    Files.delete(small.file().path());
    return reopen(large);
  }

  /// Opens a file that this process has just closed in order.
  private static Opened reopen(MapFile file) throws IOException {
    return new Opened(builder(file.users()).createPersistedTo(file.path().toFile()), file);
  }

  /// A file gets its name when it is whole: the library would wait a minute for one whose making
  /// was killed.
  private static ChronicleMap<LongValue, LastSeen> build(MapFile file) throws IOException {
    return builder(file.users()).createPersistedTo(file.unfinishedPath().toFile());
  }

  private void finish(MapFile file) throws IOException {
    for (Mark mark : Mark.values()) {
      // Left by a file of the same name, if an operator removed that one by hand.
      folder.unmark(file, mark);
    }
    Files.move(file.unfinishedPath(), file.path(), StandardCopyOption.ATOMIC_MOVE);
  }

  private ChronicleMap<LongValue, LastSeen> loadInTime(MapFile file)
      throws IOException, UnusableFileException {
    if (folder.unmark(file, Mark.RECOVERING)) {
      throw new UnusableFileException("its recovery was killed", null);
    }
    boolean clean = folder.unmark(file, Mark.CLEAN);
    if (!clean) {
      folder.mark(file, Mark.RECOVERING);
    }
    ChronicleMap<LongValue, LastSeen> map = await(file, clean);
    folder.unmark(file, Mark.RECOVERING);
    return map;
  }

  /// Waits in real time: it is the library that is waited for, not the product's clock.
  private ChronicleMap<LongValue, LastSeen> await(MapFile file, boolean clean)
      throws IOException, UnusableFileException {
    Duration limit = limit(Files.size(file.path()));
    CompletableFuture<ChronicleMap<LongValue, LastSeen>> loading = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("presence-open").start(() -> load(file, clean, loading));
    try {
      return loading.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      closeWhenLoaded(loading);
      throw new UnusableFileException("opening took more than " + limit, null);
    } catch (ExecutionException e) {
      throw unusable(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeWhenLoaded(loading);
      throw new IOException("interrupted while opening presence file " + file.path(), e);
    }
  }

  /// The library cannot be interrupted. What it opens in the end is nobody's.
  private static void closeWhenLoaded(
      CompletableFuture<ChronicleMap<LongValue, LastSeen>> loading) {
    var _ = loading.thenAccept(ChronicleMap::close);
  }

  private static void load(
      MapFile file, boolean clean, CompletableFuture<ChronicleMap<LongValue, LastSeen>> loading) {
    try {
      loading.complete(
          clean ? builder(file.users()).createPersistedTo(file.path().toFile()) : recover(file));
    } catch (Throwable e) {
      loading.completeExceptionally(e);
    }
  }

  /// After a kill a file opened as if it were clean would seem to work, until someone comes to the
  /// segment whose lock was held: a minute's wait, then an exception.
  private static ChronicleMap<LongValue, LastSeen> recover(MapFile file) throws IOException {
    AtomicLong mended = new AtomicLong();
    ChronicleMap<LongValue, LastSeen> map =
        builder(file.users())
            .recoverPersistedTo(file.path().toFile(), true, corruption -> mended.incrementAndGet());
    log.info(
        "Presence was not closed in order last time; recovered {} entries, mended {} places.",
        map.longSize(),
        mended);
    return map;
  }

  private Duration limit(long bytes) {
    return openMax.plus(OPEN_MAX_PER_GIGABYTE.multipliedBy(bytes / 1_000_000_000));
  }

  /// A missing JVM flag or memory is no fault of the file.
  private static UnusableFileException unusable(@Nullable Throwable cause) {
    if (cause instanceof LinkageError || cause instanceof OutOfMemoryError) {
      throw (Error) cause;
    }
    return new UnusableFileException(String.valueOf(cause), cause);
  }

  private static ChronicleMapBuilder<LongValue, LastSeen> builder(long users) {
    return ChronicleMapBuilder.of(LongValue.class, LastSeen.class)
        .name("presence")
        .entries(entries(users))
        .maxBloatFactor(GROWTH_MAX)
        .putReturnsNull(true)
        .removeReturnsNull(true)
        // The store is closed by its owner, once nobody uses it; the library's hook would not wait.
        .skipCloseOnExitHook(true);
  }

  private static long entries(long users) {
    return (long) Math.ceil(users * HEADROOM);
  }

  /// A file is damaged, or takes too long.
  private static final class UnusableFileException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableFileException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
