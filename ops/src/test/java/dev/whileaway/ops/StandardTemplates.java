package dev.whileaway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A copy of the standard templates, to edit.
public record StandardTemplates(Path folder) {

  private static final Path STANDARD = Path.of("../templates/standard");

  public static StandardTemplates copyTo(Path folder) throws IOException {
    try (var files = Files.walk(STANDARD)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path copy = folder.resolve(STANDARD.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return new StandardTemplates(folder);
  }

  /// Replaces a text of the English ones, which must be there.
  public void edit(String text, String replacement) throws IOException {
    Path file = folder.resolve("texts/en.yaml");
    String content = Files.readString(file);
    assertThat(content).contains(text);
    Files.writeString(file, content.replace(text, replacement));
  }
}
