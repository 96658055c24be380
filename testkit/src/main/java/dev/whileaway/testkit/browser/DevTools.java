package dev.whileaway.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One page's end of the DevTools protocol: commands with answers, and events.
///
/// <https://chromedevtools.github.io/devtools-protocol/>
final class DevTools implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final HttpClient http;
  private final WebSocket socket;

  private DevTools(HttpClient http, URI page) {
    this.http = http;
    socket = http.newWebSocketBuilder().buildAsync(page, new Listener()).join();
  }

  /// @param address host and port of the browser
  static DevTools ofNewPage(String address) throws IOException, InterruptedException {
    var http = HttpClient.newHttpClient();
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    JsonNode page = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    return new DevTools(http, URI.create(page.path("webSocketDebuggerUrl").asText()));
  }

  /// @throws IllegalStateException if the browser refuses, or does not answer
  JsonNode command(String method, Map<String, ?> parameters) {
    long id = ids.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    answers.put(id, answer);
    var command = Map.of("id", id, "method", method, "params", parameters);
    var _ = socket.sendText(JSON.valueToTree(command).toString(), true).join();
    JsonNode answered = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (answered.has("error")) {
      throw new IllegalStateException(method + ": " + answered.get("error"));
    }
    return answered.path("result");
  }

  void forgetEvents() {
    events.clear();
  }

  /// Returns when there was such an event since they were last forgotten.
  void await(String event) throws InterruptedException {
    String found = "";
    while (found != null && !found.equals(event)) {
      found = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    if (found == null) {
      throw new IllegalStateException("expected " + event + ", but found nothing");
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private void heard(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (json.has("id")) {
        var answer = answers.remove(json.get("id").asLong());
        if (answer != null) {
          answer.complete(json);
        }
      } else {
        events.add(json.path("method").asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        heard(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
