package dev.whileaway.ops.preview;

import dev.whileaway.testkit.browser.Browser;
import dev.whileaway.testkit.browser.BrowserException;
import dev.whileaway.testkit.browser.BrowserPage;
import dev.whileaway.testkit.browser.Screen;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes pictures of pages with a browser, which it starts for the first one. A browser that fails
/// is ended; the next picture is tried with another. Used by one thread.
public final class Pictures implements AutoCloseable {

  /// Starts a browser.
  public interface Start {
    /// @throws IOException if it does not start
    Browser start() throws IOException;
  }

  private final Optional<Start> start;
  private @Nullable Browser browser;

  private Pictures(Optional<Start> start) {
    this.start = start;
  }

  /// None are taken.
  public static Pictures none() {
    return new Pictures(Optional.empty());
  }

  public static Pictures by(Start start) {
    return new Pictures(Optional.of(start));
  }

  /// A picture as PNG; empty: none are taken.
  ///
  /// @throws IOException if the browser does not start, or does not do it
  Optional<byte[]> of(String html, Screen screen) throws IOException {
    if (start.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (browser == null) {
        browser = start.get().start();
      }
      try (BrowserPage page = browser.show(html, screen)) {
        return Optional.of(page.picture());
      }
    } catch (BrowserException e) {
      close();
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }
}
