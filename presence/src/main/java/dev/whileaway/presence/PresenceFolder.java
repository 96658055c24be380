package dev.whileaway.presence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The folder of a presence store, which one process uses at a time.
///
/// ```
/// lock                        locked as long as a process uses the folder
/// v1-1000000-g3.map           the presence of 1,000,000 declared users: see MapFile
/// clean                       names the file that was closed in order; gone while it is open
/// recovering                  names the file that is being recovered; gone when that is done
/// set-aside-20261121T062240Z-v1-1000000-g2.map   the last file that could not be opened
/// *.unfinished                a file that is being made; worthless after a kill
/// ```
final class PresenceFolder {

  /// Ends the name of a file that is being made.
  static final String UNFINISHED = ".unfinished";

  private static final String SET_ASIDE = "set-aside-";

  private static final DateTimeFormatter SET_ASIDE_AT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// Folders that this process uses. Static, because so is the lock: it belongs to the process, and
  /// closing any channel to the lock file, also one that found it taken, would give it up.
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel lock;

  private PresenceFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// What is noted about a file, by a file of its own.
  enum Mark {
    /// It was closed in order: no lock in it is held, no entry half written.
    CLEAN,
    /// Its recovery began. If the mark is still there at the next start, the recovery was killed,
    /// and the library would wait a minute for it.
    RECOVERING;

    String fileName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Takes the folder, making it if need be.
  ///
  /// @throws FolderInUseException if another store has it
  static PresenceFolder take(Path path) throws IOException {
    Path folder = Files.createDirectories(path).toRealPath();
    if (!TAKEN.add(folder)) {
      throw new FolderInUseException(folder);
    }
    try {
      PresenceFolder taken = new PresenceFolder(folder, locked(folder));
      taken.removeUnfinished();
      return taken;
    } catch (IOException | RuntimeException e) {
      TAKEN.remove(folder);
      throw e;
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new FolderInUseException(folder);
    }
    return channel;
  }

  /// The file to open. Older ones are what a kill in the middle of a change of files left behind;
  /// they are removed.
  Optional<MapFile> newest() throws IOException {
    List<MapFile> found =
        names().stream()
            .flatMap(name -> MapFile.named(folder, name).stream())
            .sorted(Comparator.comparingInt(MapFile::generation).reversed())
            .toList();
    for (MapFile older : found.stream().skip(1).toList()) {
      Files.delete(older.path());
    }
    return found.stream().findFirst();
  }

  /// A file that does not exist yet.
  MapFile after(Optional<MapFile> last, long users) {
    return new MapFile(folder, users, last.map(MapFile::generation).orElse(0) + 1);
  }

  void mark(MapFile file, Mark mark) throws IOException {
    Files.writeString(folder.resolve(mark.fileName()), file.name());
  }

  /// Takes a mark off.
  ///
  /// @return whether it was on this file
  boolean unmark(MapFile file, Mark mark) throws IOException {
    Path marker = folder.resolve(mark.fileName());
    try {
      boolean marked = Files.readString(marker).equals(file.name());
      Files.delete(marker);
      return marked;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// Moves a file aside for an operator to look at. Only the latest one is kept.
  ///
  /// @return where it is now
  Path setAside(MapFile file, Instant now) throws IOException {
    for (String name : names()) {
      if (name.startsWith(SET_ASIDE)) {
        Files.delete(folder.resolve(name));
      }
    }
    Path aside = folder.resolve(SET_ASIDE + SET_ASIDE_AT.format(now) + "-" + file.name());
    return Files.move(file.path(), aside, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Gives the folder free for another process.
  void release() throws IOException {
    try {
      lock.close();
    } finally {
      TAKEN.remove(folder);
    }
  }

  private void removeUnfinished() throws IOException {
    for (String name : names()) {
      if (name.endsWith(UNFINISHED)) {
        Files.delete(folder.resolve(name));
      }
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
