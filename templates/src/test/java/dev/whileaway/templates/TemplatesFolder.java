package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A copy of the standard templates, to break in one place.
final class TemplatesFolder {

  static final Path STANDARD = Path.of("standard");

  private final Path folder;

  private TemplatesFolder(Path folder) {
    this.folder = folder;
  }

  static TemplatesFolder copyTo(Path folder) throws IOException {
    try (var files = Files.walk(STANDARD)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = folder.resolve(STANDARD.relativize(file).toString());
        if (Files.isRegularFile(file)) {
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    return new TemplatesFolder(folder);
  }

  /// Replaces the first occurrence, which must exist.
  TemplatesFolder replace(String file, String text, String replacement) throws IOException {
    Path path = folder.resolve(file);
    String content = Files.readString(path);
    int at = content.indexOf(text);
    assertThat(at).as("'%s' in %s", text, file).isNotNegative();
    Files.writeString(
        path, content.substring(0, at) + replacement + content.substring(at + text.length()));
    return this;
  }

  TemplatesFolder delete(String file) throws IOException {
    Files.delete(folder.resolve(file));
    return this;
  }

  Templates load() throws TemplateException {
    return Templates.load(folder, Optional.empty());
  }

  void expectRefusal(String file, int line, String... parts) {
    Throwable refusal = catchThrowable(this::load);
    assertThat(refusal).isInstanceOf(TemplateException.class);
    assertThat(refusal.getMessage())
        .startsWith(file + ":" + line + ": expected ")
        .contains(", but found ")
        .contains(parts);
  }

  /// The line, from 1, on which a text stands now.
  int lineOf(String file, String text) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(file));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i + 1;
      }
    }
    throw new AssertionError("expected '" + text + "' in " + file);
  }
}
