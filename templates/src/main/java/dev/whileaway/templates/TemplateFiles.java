package dev.whileaway.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a templates folder, wherever it lies.
interface TemplateFiles {

  /// The whole text of a file.
  ///
  /// @param name its path below the folder, such as `texts/en.yaml`
  String read(String name) throws TemplateException;

  /// The files of a folder below it, by their paths, in alphabetical order. Empty: none, or they
  /// cannot be listed.
  default List<String> names(String folder) {
    return List.of();
  }

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
    return new InFolder(folder.toAbsolutePath().normalize());
  }

  /// Of a folder on disk.
  record InFolder(Path root) implements TemplateFiles {

    @Override
    public String read(String name) throws TemplateException {
      Path file = root.resolve(name).normalize();
      if (!file.startsWith(root)) {
        throw TemplateException.at(name, 1, "a file below the templates folder", "a way out of it");
      }
      try {
        return decode(name, Files.isRegularFile(file) ? Files.readAllBytes(file) : null);
      } catch (IOException e) {
        throw TemplateException.at(name, 1, "a readable file", String.valueOf(e.getMessage()));
      }
    }

    @Override
    public List<String> names(String folder) {
      try (var files = Files.list(root.resolve(folder))) {
        return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
      } catch (IOException e) {
        return List.of();
      }
    }
  }

  private static String decode(String name, byte @Nullable [] bytes) throws TemplateException {
    if (bytes == null) {
      throw TemplateException.at(
          name, 1, "the file", "none; put it there, or take its name out of " + CatalogueFile.NAME);
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString().replace("\r\n", "\n");
    } catch (CharacterCodingException e) {
      throw TemplateException.at(name, 1, "UTF-8", "other bytes; save the file as UTF-8");
    }
  }
}
