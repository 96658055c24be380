package dev.whileaway.ops.preview;

import dev.whileaway.ops.preview.Preview.Channel;
import dev.whileaway.testkit.browser.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Writes previews as files: texts, pages, and with a browser pictures of them. What is there is
/// overwritten. Without the browser, or once it has failed, the rest is written all the same.
public final class PreviewFolder {

  /// In CSS pixels.
  private static final int PHONE_WIDTH = 400;

  private final Path folder;
  private final List<Screen> screens;
  private final Pictures pictures;
  private Optional<String> failure = Optional.empty();

  /// @param screens mails and pages are shown on each, pushes on a phone in the light of each
  public PreviewFolder(Path folder, List<Screen> screens, Pictures pictures) {
    this.folder = folder;
    this.screens = screens;
    this.pictures = pictures;
  }

  /// @return the files, in the order in which they were written
  public List<Path> write(Preview preview) throws IOException {
    Files.createDirectories(folder);
    var files = new ArrayList<Path>();
    for (var text : preview.texts().entrySet()) {
      files.add(Files.writeString(file(preview, text.getKey()), text.getValue()));
    }
    if (preview.channel() == Channel.PUSH) {
      files.add(Files.writeString(file(preview, "html"), preview.html()));
    }
    for (Screen screen : screens(preview.channel())) {
      Optional<byte[]> picture = picture(preview.html(), screen);
      if (picture.isPresent()) {
        files.add(Files.write(folder.resolve(preview.picture(screen)), picture.get()));
      }
    }
    return files;
  }

  /// Why pictures are missing; empty: none is.
  public Optional<String> failure() {
    return failure;
  }

  private Path file(Preview preview, String ending) {
    return folder.resolve(preview.file(ending));
  }

  private Optional<byte[]> picture(String html, Screen screen) {
    if (failure.isPresent()) {
      return Optional.empty();
    }
    try {
      return pictures.of(html, screen);
    } catch (IOException e) {
      failure = Optional.of(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private List<Screen> screens(Channel channel) {
    return switch (channel) {
      case MAIL, PAGE -> screens;
      case PUSH -> {
        var phones = new LinkedHashSet<Screen>();
        screens.forEach(screen -> phones.add(new Screen(PHONE_WIDTH, screen.dark())));
        yield List.copyOf(phones);
      }
    };
  }
}
