package dev.whileaway.testkit.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A conversation with a browser in the DevTools protocol
/// (<https://chromedevtools.github.io/devtools-protocol/>): commands by WebSocket, each with one
/// answer, and events.
final class DevTools implements AutoCloseable {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final Map<Event, CompletableFuture<Event>> awaited = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final WebSocket socket;

  DevTools(URI address) {
    this.socket =
        await("a connection", http.newWebSocketBuilder().buildAsync(address, new Listener()));
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// @param session of a page; null: the browser itself
  /// @return the answer's `result`
  JsonNode ask(@Nullable String session, String method, ObjectNode parameters) {
    int id = lastId.incrementAndGet();
    ObjectNode command = object().put("id", id).put("method", method);
    command.set("params", parameters);
    if (session != null) {
      command.put("sessionId", session);
    }
    var answer = new CompletableFuture<JsonNode>();
    pending.put(id, answer);
    await(method, socket.sendText(command.toString(), true));
    JsonNode said = await(method, answer);
    if (said.has("error")) {
      throw new BrowserException(
          "expected the browser to do " + method + ", but found " + said.get("error"));
    }
    return said.path("result");
  }

  /// Does something, and returns when an event of the page has come of it.
  void await(String session, String method, Runnable cause) {
    var happens = new CompletableFuture<Event>();
    awaited.put(new Event(session, method), happens);
    cause.run();
    var _ = await(method, happens);
  }

  private record Event(String session, String method) {}

  private static <T> T await(String what, CompletableFuture<T> future) {
    try {
      return future.get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new BrowserException("expected the browser's answer to " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrowserException("interrupted while waiting for " + what, e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        hear(message.toString());
        message.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    private void hear(String text) {
      try {
        JsonNode said = JSON.readTree(text);
        CompletableFuture<JsonNode> answer = pending.remove(said.path("id").asInt());
        var event = new Event(said.path("sessionId").asText(), said.path("method").asText());
        CompletableFuture<Event> waiting = awaited.remove(event);
        if (answer != null) {
          answer.complete(said);
        } else if (waiting != null) {
          waiting.complete(event);
        }
      } catch (JsonProcessingException e) {
        onError(socket, e);
      }
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      pending.values().forEach(answer -> answer.completeExceptionally(error));
      awaited.values().forEach(event -> event.completeExceptionally(error));
    }
  }
}
