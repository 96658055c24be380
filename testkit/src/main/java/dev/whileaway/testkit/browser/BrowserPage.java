package dev.whileaway.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// A page as its reader sees and uses it: by mouse and keyboard, never by script.
public final class BrowserPage implements AutoCloseable {

  private static final String LOADED = "Page.loadEventFired";

  private final DevTools tools;

  BrowserPage(DevTools tools) {
    this.tools = tools;
    tools.command("Page.enable", Map.of());
  }

  /// From the next page on, no script runs.
  public void disableScripts() {
    tools.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
  }

  /// Returns when it is loaded.
  public void open(String address) throws InterruptedException {
    tools.forgetEvents();
    tools.command("Page.navigate", Map.of("url", address));
    tools.await(LOADED);
  }

  /// The page as it stands now.
  public String html() {
    return tools
        .command("DOM.getOuterHTML", Map.of("nodeId", node("html")))
        .path("outerHTML")
        .asText();
  }

  /// @param selector CSS, of the first such element
  public void click(String selector) {
    int node = node(selector);
    tools.command("DOM.scrollIntoViewIfNeeded", Map.of("nodeId", node));
    JsonNode box = tools.command("DOM.getBoxModel", Map.of("nodeId", node)).at("/model/content");
    double x = (box.get(0).asDouble() + box.get(4).asDouble()) / 2;
    double y = (box.get(1).asDouble() + box.get(5).asDouble()) / 2;
    for (String type : new String[] {"mousePressed", "mouseReleased"}) {
      tools.command(
          "Input.dispatchMouseEvent",
          Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
    }
  }

  /// Clicks, and returns when the page that comes of it is loaded.
  public void clickThrough(String selector) throws InterruptedException {
    tools.forgetEvents();
    click(selector);
    tools.await(LOADED);
  }

  /// Types a key into an element: `ArrowDown`.
  public void press(String selector, String key, int code) {
    tools.command("DOM.focus", Map.of("nodeId", node(selector)));
    for (String type : new String[] {"keyDown", "keyUp"}) {
      tools.command(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
  }

  private int node(String selector) {
    int root = tools.command("DOM.getDocument", Map.of("depth", 0)).at("/root/nodeId").asInt();
    int found =
        tools
            .command("DOM.querySelector", Map.of("nodeId", root, "selector", selector))
            .path("nodeId")
            .asInt();
    if (found == 0) {
      throw new IllegalStateException(
          "expected " + selector + " on the page, but found no such element");
    }
    return found;
  }

  @Override
  public void close() {
    tools.close();
  }
}
