package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.DaemonSettings.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Looks at the TLS files before the ports do, whose errors name neither the setting nor the file.
final class Readable {

  private Readable() {}

  /// @throws IOException if one is missing, cannot be read, or is no PEM file
  static void check(DaemonSettings settings) throws IOException {
    if (settings.tls().isPresent()) {
      Tls tls = settings.tls().get();
      check("tls.certificate", tls.certificate());
      check("tls.key", tls.key());
      if (tls.clientCa().isPresent()) {
        check("tls.client-ca", tls.clientCa().get());
      }
    }
  }

  private static void check(String key, Path file) throws IOException {
    if (!read(key, file).contains("-----BEGIN ")) {
      throw new IOException(
          "%s: expected a PEM file, but found something else at %s".formatted(key, file));
    }
  }

  private static String read(String key, Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw new IOException(
          "%s: expected a PEM file, but found none at %s".formatted(key, file), missing);
    } catch (IOException unreadable) {
      throw new IOException(
          "%s: expected a PEM file that this process may read, but could not read %s"
              .formatted(key, file),
          unreadable);
    }
  }
}
