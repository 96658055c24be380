package dev.whileaway.ops.crash;

import dev.whileaway.templates.Templates;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The standard templates, but that a message is told after a second, that a visit waits for a
/// week, and that a mail names every message.
final class QuickTemplates {

  private static final String CATALOGUE = "catalogue.yaml";
  private static final List<String> FILES =
      List.of(
          CATALOGUE,
          "texts/en.yaml",
          "layouts/single.mjml",
          "layouts/single.txt",
          "layouts/grouped.mjml",
          "layouts/grouped.txt",
          "layouts/page.html",
          "layouts/preferences.html",
          "layouts/parts/button.mjml",
          "layouts/parts/closing.mjml",
          "layouts/parts/head.mjml",
          "layouts/parts/opening.mjml",
          "layouts/parts/page-head.html",
          "layouts/parts/rows.mjml");

  private static final String MESSAGE_WINDOW = "    id: 1\n    urgent: false\n    window: 30m\n";
  private static final String VISIT_WINDOW = "    id: 2\n    urgent: false\n    window: 30m\n";
  private static final Pattern LANGUAGES = Pattern.compile("languages: \\[en, .*]");
  private static final String ROWS = "    rows: 6\n";

  private QuickTemplates() {}

  /// @param folder is made
  static Path in(Path folder) throws IOException {
    for (String file : FILES) {
      Path copy = folder.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, file.equals(CATALOGUE) ? quick(read(file)) : read(file));
    }
    return folder;
  }

  private static String read(String file) throws IOException {
    try (InputStream in = Templates.class.getResourceAsStream("standard/" + file)) {
      if (in == null) {
        throw new FileNotFoundException(
            "expected the standard template " + file + ", but found none");
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static String quick(String catalogue) {
    for (String expected : List.of(MESSAGE_WINDOW, VISIT_WINDOW, ROWS)) {
      if (!catalogue.contains(expected)) {
        throw new IllegalStateException("expected " + expected + ", but found " + catalogue);
      }
    }
    // A single language: each serve of the suite compiles them anew.
    return LANGUAGES
        .matcher(catalogue)
        .replaceFirst("languages: [en]")
        .replace(MESSAGE_WINDOW, MESSAGE_WINDOW.replace("30m", "1s"))
        .replace(VISIT_WINDOW, VISIT_WINDOW.replace("30m", "7d"))
        .replace(ROWS, ROWS.replace("6", "100"));
  }
}
