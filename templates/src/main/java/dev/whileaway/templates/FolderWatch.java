package dev.whileaway.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// Notices that the files of a folder have changed. Used by one thread.
///
/// It reads the files themselves, which are few and small: a file system tells nothing of network
/// drives and mounted folders, and the time of a file may stay while a link leads elsewhere.
public final class FolderWatch {

  /// What cannot be read is a state of its own: it is told like any other.
  private static final long UNREADABLE = -1;

  private final Path folder;
  private long told;
  private long seen;

  /// Takes the files as they are now for known.
  public FolderWatch(Path folder) {
    this.folder = folder;
    this.told = sum();
    this.seen = told;
  }

  /// Looks once.
  ///
  /// @return whether the files are others than at the last `true`, and the same as at the last
  ///   look: who saves many files, or a long one, is waited for
  public boolean hasChanged() {
    long now = sum();
    boolean settled = now == seen;
    seen = now;
    if (!settled || now == told) {
      return false;
    }
    told = now;
    return true;
  }

  private long sum() {
    var sum = new CRC32C();
    long bytes = 0;
    try (var files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) files.filter(this::counts).sorted()::iterator) {
        byte[] content = Files.readAllBytes(file);
        sum.update(file.toString().getBytes(StandardCharsets.UTF_8));
        sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, content.length));
        sum.update(content);
        bytes += content.length;
      }
    } catch (IOException | UncheckedIOException e) {
      return UNREADABLE;
    }
    return bytes << Integer.SIZE | sum.getValue();
  }

  /// Editors and version control keep their own in files whose names begin with a dot.
  private boolean counts(Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return Files.isRegularFile(file);
  }
}
