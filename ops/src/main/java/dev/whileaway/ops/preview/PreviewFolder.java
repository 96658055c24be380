package dev.whileaway.ops.preview;

import dev.whileaway.ops.preview.Preview.Channel;
import dev.whileaway.testkit.browser.Browser;
import dev.whileaway.testkit.browser.BrowserPage;
import dev.whileaway.testkit.browser.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Writes previews as files: texts, pages, and with a browser pictures of them. What is there is
/// overwritten.
///
/// @param screens mails are shown on each, pushes on a phone in the light of each
public record PreviewFolder(Path folder, List<Screen> screens, Optional<Browser> browser) {

  /// In CSS pixels.
  private static final int PHONE_WIDTH = 400;

  /// @return the files, in the order in which they were written
  public List<Path> write(Preview preview, Channel channel) throws IOException {
    Files.createDirectories(folder);
    var files = new ArrayList<Path>();
    for (var text : preview.texts(channel).entrySet()) {
      files.add(Files.writeString(file(preview, text.getKey()), text.getValue()));
    }
    String page = preview.page(channel);
    if (channel == Channel.PUSH) {
      files.add(Files.writeString(file(preview, ".push.html"), page));
    }
    if (browser.isPresent()) {
      for (Screen screen : screens(channel)) {
        String ending = "." + channel.key() + "-" + screen.name() + ".png";
        files.add(Files.write(file(preview, ending), picture(browser.get(), page, screen)));
      }
    }
    return files;
  }

  private Path file(Preview preview, String ending) {
    return folder.resolve(preview.name() + ending);
  }

  private List<Screen> screens(Channel channel) {
    return switch (channel) {
      case MAIL -> screens;
      case PUSH -> {
        var phones = new LinkedHashSet<Screen>();
        screens.forEach(screen -> phones.add(new Screen(PHONE_WIDTH, screen.dark())));
        yield List.copyOf(phones);
      }
    };
  }

  private static byte[] picture(Browser browser, String html, Screen screen) {
    try (BrowserPage page = browser.show(html, screen)) {
      return page.picture();
    }
  }
}
