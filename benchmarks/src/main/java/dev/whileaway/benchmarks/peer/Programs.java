package dev.whileaway.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the programs of peers, and installs them from Debian's packages where that is allowed.
public final class Programs {

  private static final Path DEBIAN_POSTGRES = Path.of("/usr/lib/postgresql");

  private Programs() {}

  /// @param says takes what is done, or why it is not
  /// @return empty: it is not here, and could not be installed
  public static Optional<Path> redisServer(Consumer<String> says) throws IOException {
    Optional<Path> found = onPath("redis-server");
    return found.isPresent() || !install("redis-server", says) ? found : onPath("redis-server");
  }

  /// The folder of `postgres` and `initdb`, which Debian keeps off the PATH; the newest there is.
  ///
  /// @param says takes what is done, or why it is not
  /// @return empty: they are not here, and could not be installed
  public static Optional<Path> postgres(Consumer<String> says) throws IOException {
    Optional<Path> found = newestPostgres();
    return found.isPresent() || !install("postgresql", says) ? found : newestPostgres();
  }

  private static Optional<Path> newestPostgres() throws IOException {
    if (Files.notExists(DEBIAN_POSTGRES)) {
      return Optional.empty();
    }
    try (var versions = Files.list(DEBIAN_POSTGRES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(programs -> Files.isExecutable(programs.resolve("postgres")))
          .max(Comparator.naturalOrder());
    }
  }

  private static Optional<Path> onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// As root, and with apt-get. The package may start a service of its own, which is let be.
  private static boolean install(String debianPackage, Consumer<String> says) throws IOException {
    if (!System.getProperty("user.name").equals("root") || onPath("apt-get").isEmpty()) {
      says.accept(
          "expected %s, but found none, and only root on Debian may install it here; its column stays empty"
              .formatted(debianPackage));
      return false;
    }
    says.accept("installing Debian's package " + debianPackage);
    var command = List.of("apt-get", "install", "-y", "--no-install-recommends", debianPackage);
    Process apt =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int exit = apt.onExit().join().exitValue();
    if (exit != 0) {
      says.accept(
          "expected to install %s, but apt-get ended with %d; its column stays empty"
              .formatted(debianPackage, exit));
    }
    return exit == 0;
  }
}
