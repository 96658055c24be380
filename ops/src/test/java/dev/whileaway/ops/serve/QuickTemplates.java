package dev.whileaway.ops.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The standard templates, but that a message is told after a second, and that a mail names every
/// message.
final class QuickTemplates {

  private static final Path STANDARD = Path.of("..", "templates", "standard");
  private static final String MESSAGE_WINDOW = "    id: 1\n    urgent: false\n    window: 30m\n";
  private static final String ROWS = "    rows: 6\n";

  private QuickTemplates() {}

  /// @param folder is made
  static Path in(Path folder) throws IOException {
    try (var files = Files.walk(STANDARD)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(STANDARD.relativize(file).toString()));
      }
    }
    Path catalogue = folder.resolve("catalogue.yaml");
    String standard = Files.readString(catalogue);
    for (String expected : List.of(MESSAGE_WINDOW, ROWS)) {
      if (!standard.contains(expected)) {
        throw new AssertionError("expected " + expected + ", but found " + standard);
      }
    }
    Files.writeString(
        catalogue,
        standard
            .replace(MESSAGE_WINDOW, MESSAGE_WINDOW.replace("30m", "1s"))
            .replace(ROWS, ROWS.replace("6", "100")));
    return folder;
  }
}
