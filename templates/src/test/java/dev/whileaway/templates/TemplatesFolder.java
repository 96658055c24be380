package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A copy of the standard templates, to break in one place.
final class TemplatesFolder {

  private static final String CATALOGUE = "catalogue.yaml";

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

  /// A type with the rules and, in every language, the texts of another.
  void addType(String name, int id, String like) throws IOException {
    String rules = section(CATALOGUE, like);
    String own =
        rules.replace("  " + like + ":", "  " + name + ":").replaceAll("id: \\d+", "id: " + id);
    replace(CATALOGUE, rules, rules + own);
    try (var files = Files.list(folder.resolve("texts"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String texts = section(folder.relativize(file).toString(), like);
        replace(
            folder.relativize(file).toString(),
            texts,
            texts + texts.replace("  " + like + ":", "  " + name + ":"));
      }
    }
  }

  void replaceInTexts(String text, String replacement) throws IOException {
    try (var files = Files.list(folder.resolve("texts"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        replace(folder.relativize(file).toString(), text, replacement);
      }
    }
  }

  /// Puts a type of the catalogue behind another.
  void moveBehind(String type, String other) throws IOException {
    String rules = section(CATALOGUE, type);
    replace(CATALOGUE, rules, "");
    String before = section(CATALOGUE, other);
    replace(CATALOGUE, before, before + rules);
  }

  /// The lines of a type, below `types`.
  private String section(String file, String type) throws IOException {
    var section =
        Pattern.compile("(?m)^  " + type + ":\n(?:    .*\n|\n)*")
            .matcher(Files.readString(folder.resolve(file)));
    assertThat(section.find()).as("'%s' in %s", type, file).isTrue();
    return section.group();
  }

  TemplatesFolder delete(String file) throws IOException {
    Files.delete(folder.resolve(file));
    return this;
  }

  Templates load() throws TemplateException {
    return Templates.load(folder, Optional.empty());
  }

  TemplatesFolder write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
    return this;
  }

  /// Each occurrence.
  TemplatesFolder replaceAll(String file, String text, String replacement) throws IOException {
    String content = Files.readString(folder.resolve(file));
    return write(file, content.replace(text, replacement));
  }

  /// The message with which the folder is refused.
  String refusal() {
    Throwable refusal = catchThrowable(this::load);
    assertThat(refusal).isInstanceOf(TemplateException.class);
    return refusal.getMessage();
  }

  void expectRefusal(String file, int line, String... parts) {
    Throwable refusal = catchThrowable(this::load);
    assertThat(refusal).isInstanceOf(TemplateException.class);
    assertThat(refusal.getMessage())
        .startsWith(file + ":" + line + ": ")
        .contains("expected ", ", but found ")
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
