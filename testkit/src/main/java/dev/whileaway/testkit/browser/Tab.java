package dev.whileaway.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One tab of the browser: what is asked for goes to its page.
record Tab(DevTools tools, String target, String session) implements AutoCloseable {

  static Tab open(DevTools tools) {
    ObjectNode blank = DevTools.object().put("url", "about:blank");
    String target = tools.ask(null, "Target.createTarget", blank).path("targetId").asText();
    ObjectNode attach = DevTools.object().put("targetId", target).put("flatten", true);
    String session = tools.ask(null, "Target.attachToTarget", attach).path("sessionId").asText();
    return new Tab(tools, target, session);
  }

  JsonNode ask(String method, ObjectNode parameters) {
    return tools.ask(session, method, parameters);
  }

  /// Does something, and returns when it has led to an event.
  void await(String event, Runnable cause) {
    tools.await(session, event, cause);
  }

  @Override
  public void close() {
    tools.ask(null, "Target.closeTarget", DevTools.object().put("targetId", target));
  }
}
