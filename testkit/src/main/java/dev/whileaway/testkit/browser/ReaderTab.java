package dev.whileaway.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Pages as their readers see and use them: by mouse and keyboard, never by script.
public final class ReaderTab implements AutoCloseable {

  private static final String LOADED = "Page.loadEventFired";

  private final Tab tab;

  ReaderTab(Tab tab) {
    this.tab = tab;
    ask("Page.enable", DevTools.object());
    ask("Emulation.setScriptExecutionDisabled", DevTools.object().put("value", true));
  }

  /// Returns when it is loaded.
  public void open(String address) {
    tab.await(LOADED, () -> ask("Page.navigate", DevTools.object().put("url", address)));
  }

  /// The page as it stands now.
  public String html() {
    return ask("DOM.getOuterHTML", node("html")).path("outerHTML").asText();
  }

  /// @param selector CSS, of the first such element
  public void click(String selector) {
    ObjectNode node = node(selector);
    ask("DOM.scrollIntoViewIfNeeded", node);
    JsonNode box = ask("DOM.getBoxModel", node).at("/model/content");
    double x = (box.get(0).asDouble() + box.get(4).asDouble()) / 2;
    double y = (box.get(1).asDouble() + box.get(5).asDouble()) / 2;
    for (String type : new String[] {"mousePressed", "mouseReleased"}) {
      ask(
          "Input.dispatchMouseEvent",
          DevTools.object()
              .put("type", type)
              .put("x", x)
              .put("y", y)
              .put("button", "left")
              .put("clickCount", 1));
    }
  }

  /// Clicks, and returns when the page that comes of it is loaded.
  public void clickThrough(String selector) {
    tab.await(LOADED, () -> click(selector));
  }

  /// Types a key into an element: `ArrowDown`.
  ///
  /// @param code its number among virtual keys
  public void press(String selector, String key, int code) {
    ask("DOM.focus", node(selector));
    for (String type : new String[] {"keyDown", "keyUp"}) {
      ask(
          "Input.dispatchKeyEvent",
          DevTools.object()
              .put("type", type)
              .put("key", key)
              .put("code", key)
              .put("windowsVirtualKeyCode", code));
    }
  }

  /// Names an element of the page as it stands now.
  private ObjectNode node(String selector) {
    int root =
        ask("DOM.getDocument", DevTools.object().put("depth", 0))
            .path("root")
            .path("nodeId")
            .asInt();
    int found =
        ask("DOM.querySelector", DevTools.object().put("nodeId", root).put("selector", selector))
            .path("nodeId")
            .asInt();
    if (found == 0) {
      throw new BrowserException(
          "expected " + selector + " on the page, but found no such element");
    }
    return DevTools.object().put("nodeId", found);
  }

  private JsonNode ask(String method, ObjectNode parameters) {
    return tab.ask(method, parameters);
  }

  @Override
  public void close() {
    tab.close();
  }
}
