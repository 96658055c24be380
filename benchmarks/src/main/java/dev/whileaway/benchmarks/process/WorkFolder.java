package dev.whileaway.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A temporary folder that goes when it is closed, and with this process, also on Ctrl-C.
public final class WorkFolder implements AutoCloseable {

  private final Path path;
  private final Thread hook = new Thread(this::leave, "remove the work folder");
  private final AtomicInteger made = new AtomicInteger();

  private WorkFolder(Path path) {
    this.path = path;
  }

  public static WorkFolder make() throws IOException {
    Path path = Files.createTempDirectory("whileaway-bench-");
    // A database server that must not run as root has its folder in here too.
    var _ = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    var folder = new WorkFolder(path);
    Runtime.getRuntime().addShutdownHook(folder.hook);
    return folder;
  }

  public Path path() {
    return path;
  }

  /// A new, empty folder in it.
  public Path next(String name) throws IOException {
    return Files.createDirectory(path.resolve(made.incrementAndGet() + "-" + name));
  }

  /// Removes what is in it.
  public void empty() throws IOException {
    try (var folders = Files.list(path)) {
      for (Path folder : folders.toList()) {
        delete(folder);
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(path);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending, and the hook runs.
    }
  }

  /// Hooks run side by side: whoever still writes here has to end first.
  private void leave() {
    ProcessHandle.current().children().forEach(ProcessUse::kill);
    try {
      delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Bytes of the files in a folder.
  public static long bytes(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /// Files that vanish meanwhile are welcome.
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    var _ =
        Files.walkFileTree(
            folder,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                  throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                  return FileVisitResult.CONTINUE;
                }
                throw e;
              }

              @Override
              public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                  throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
              }
            });
  }
}
