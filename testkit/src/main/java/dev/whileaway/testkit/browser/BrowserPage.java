package dev.whileaway.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/// An open page: it can be measured, and a picture taken of it. Used by one thread.
public final class BrowserPage implements AutoCloseable {

  /// Of the window; pages that are longer are pictured whole.
  private static final int WINDOW_HEIGHT = 200;

  private static final String LAID_OUT =
      "document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => done(true))))";

  private final Tab tab;
  private final Screen screen;

  BrowserPage(Tab tab, Screen screen) {
    this.tab = tab;
    this.screen = screen;
  }

  void write(String html) {
    tab.ask(
        "Emulation.setDeviceMetricsOverride",
        DevTools.object()
            .put("width", screen.width())
            .put("height", WINDOW_HEIGHT)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = DevTools.object();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", screen.dark() ? "dark" : "light");
    tab.ask("Emulation.setEmulatedMedia", media);
    String frame =
        tab.ask("Page.getFrameTree", DevTools.object()).at("/frameTree/frame/id").asText();
    tab.ask("Page.setDocumentContent", DevTools.object().put("frameId", frame).put("html", html));
    evaluate(LAID_OUT);
  }

  /// The value of an expression in JavaScript, or of the promise that it makes.
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        tab.ask(
            "Runtime.evaluate",
            DevTools.object()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new BrowserException(
          "expected JavaScript that runs, but found " + answer.get("exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  /// The whole page as a PNG, as wide as the screen.
  public byte[] picture() {
    ObjectNode shot = DevTools.object().put("format", "png").put("captureBeyondViewport", true);
    shot.putObject("clip")
        .put("x", 0)
        .put("y", 0)
        .put("width", screen.width())
        .put("height", evaluate("Math.ceil(document.documentElement.scrollHeight)").asInt())
        .put("scale", 1);
    return Base64.getDecoder()
        .decode(tab.ask("Page.captureScreenshot", shot).path("data").asText());
  }

  @Override
  public void close() {
    tab.close();
  }
}
