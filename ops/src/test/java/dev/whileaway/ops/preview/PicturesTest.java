package dev.whileaway.ops.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.testkit.browser.Browser;
import dev.whileaway.testkit.browser.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PicturesTest {

  private static final List<Screen> SCREENS = List.of(new Screen(320, false));
  private static final Preview PAGE = Preview.page("page", "<!doctype html><p>Hello</p>");

  @TempDir private Path temp;

  @Test
  void write_withABrowserThatDoesNotStart_tellsWhy_andWritesTheRest() throws IOException {
    try (var pictures =
        Pictures.by(() -> {
          throw new IOException("it is ill");
        })) {
      var folder = new PreviewFolder(temp, SCREENS, pictures);
      assertThat(folder.write(PAGE)).containsExactly(temp.resolve("page.page.html"));
      assertThat(folder.write(PAGE)).hasSize(1);
      assertThat(folder.failure()).contains("it is ill");
    }
  }

  @Test
  void write_afterTheBrowserDied_tellsSoOnce_andStartsAnother() throws IOException {
    Optional<Path> program = Browser.find(System.getenv());
    assumeTrue(program.isPresent(), "skipped: expected Chromium or Chrome, but found none");
    var started = new ArrayList<Browser>();
    try (var pictures =
        Pictures.by(() -> {
          started.add(Browser.start(program.get(), temp.resolve("browser-" + started.size())));
          return started.getLast();
        })) {
      var first = new PreviewFolder(temp, SCREENS, pictures);
      assertThat(first.write(PAGE)).hasSize(2);
      started.getFirst().close();
      assertThat(first.write(PAGE)).hasSize(1);
      assertThat(first.failure()).isPresent();

      var next = new PreviewFolder(temp, SCREENS, pictures);
      assertThat(next.write(PAGE)).hasSize(2);
      assertThat(next.failure()).isEmpty();
      assertThat(started).hasSize(2);
    }
  }
}
