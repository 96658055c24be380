package dev.whileaway.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files of a templates folder, wherever it lies.
interface TemplateFiles {

  /// The whole text of a file.
  ///
  /// @param name its path below the folder, such as `texts/en.yaml`
  String read(String name) throws TemplateException;

  /// The files that come with Whileaway, in its jar.
  static TemplateFiles onClassPath() {
    return name -> {
      try (InputStream in = TemplateFiles.class.getResourceAsStream("standard/" + name)) {
        return decode(name, in == null ? null : in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  static TemplateFiles in(Path folder) {
    return name -> {
      Path root = folder.toAbsolutePath().normalize();
      Path file = root.resolve(name).normalize();
      if (!file.startsWith(root)) {
        throw TemplateException.at(name, 1, "a file below the templates folder", "a way out of it");
      }
      try {
        return decode(name, Files.isRegularFile(file) ? Files.readAllBytes(file) : null);
      } catch (IOException e) {
        throw TemplateException.at(name, 1, "a readable file", String.valueOf(e.getMessage()));
      }
    };
  }

  private static String decode(String name, byte @Nullable [] bytes) throws TemplateException {
    if (bytes == null) {
      throw TemplateException.at(name, 1, "the file", "none");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString().replace("\r\n", "\n");
    } catch (CharacterCodingException e) {
      throw TemplateException.at(name, 1, "UTF-8", "other bytes");
    }
  }
}
