package dev.whileaway.testkit.push;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.whileaway.testkit.Script;
import dev.whileaway.testkit.Sends;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/// What the fake providers have in common: a small HTTP server on 127.0.0.1, a script, a memory.
final class FakeProvider implements AutoCloseable {

  private static final int PUSHES_KEPT = 100_000;

  final Script<PushBehaviour> script = new Script<>(PushBehaviour.ACCEPT);
  final Sends<ReceivedPush> pushes = new Sends<>(PUSHES_KEPT);
  private final AtomicLong asked = new AtomicLong();
  private final Server server;

  /// What a protocol says to a push.
  interface Words {

    /// @param number how many were taken, with this one
    HttpResponse accepted(ReceivedPush push, long number);

    HttpResponse unregistered(Instant since);

    HttpResponse refused(PushBehaviour.Refuse refusal);
  }

  FakeProvider(ServerBuilder routes) {
    server = routes.workerGroup(1).requestTimeout(Duration.ZERO).build();
    server.start().join();
  }

  /// @param port zero: any free one
  static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// Does what the script says with a push that keeps the protocol's rules.
  HttpResponse answer(ServiceRequestContext context, ReceivedPush push, Words words) {
    return answer(context, push, words, script.of(push.token()));
  }

  private HttpResponse answer(
      ServiceRequestContext context, ReceivedPush push, Words words, PushBehaviour behaviour) {
    return switch (behaviour) {
      case PushBehaviour.Accept() -> {
        pushes.add(push);
        yield words.accepted(push, pushes.count());
      }
      case PushBehaviour.GoAway() -> {
        context.initiateConnectionShutdown();
        pushes.add(push);
        yield words.accepted(push, pushes.count());
      }
      case PushBehaviour.Hang() -> {
        pushes.add(push);
        yield silence();
      }
      case PushBehaviour.Close() -> {
        pushes.add(push);
        yield hangUp(context);
      }
      case PushBehaviour.Unregistered(var since) -> words.unregistered(since);
      case PushBehaviour.Refuse refusal -> words.refused(refusal);
      case PushBehaviour.Delayed(var delay, var then) ->
          HttpResponse.delayed(
              () -> answer(context, push, words, then), delay, context.eventLoop());
      case PushBehaviour.Mix mix -> answer(context, push, words, mix.of(asked.getAndIncrement()));
    };
  }

  int port() {
    return server.activeLocalPort();
  }

  /// Stops listening; the server's threads end some seconds later, which nobody needs to await.
  @Override
  public void close() {
    var _ = server.stop();
  }

  /// Answers whole requests with whole responses. A streamed one ends in an empty frame of its own,
  /// and Pushy reads the text of a refusal only from the last frame.
  static HttpService whole(
      BiFunction<ServiceRequestContext, AggregatedHttpRequest, HttpResponse> answer) {
    return new HttpService() {
      @Override
      public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(
            request.aggregate().thenApply(received -> answer.apply(context, received)));
      }

      @Override
      public ExchangeType exchangeType(RoutingContext routing) {
        return ExchangeType.UNARY;
      }
    };
  }

  /// @param json what was said; it may have come encrypted
  static ReceivedPush received(String token, AggregatedHttpRequest request, String json) {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toString(), value));
    return new ReceivedPush(token, headers, json);
  }

  static HttpResponse json(ResponseHeaders headers, String body) {
    var typed = headers.toBuilder().contentType(MediaType.JSON_UTF_8).build();
    return HttpResponse.of(typed, HttpData.ofUtf8(body));
  }

  static ResponseHeaders headers(PushBehaviour.Refuse refusal) {
    var headers = ResponseHeaders.builder(refusal.status());
    refusal
        .retryAfter()
        .ifPresent(delay -> headers.setLong(HttpHeaderNames.RETRY_AFTER, delay.toSeconds()));
    return headers.build();
  }

  /// Never answers.
  private static HttpResponse silence() {
    return HttpResponse.streaming();
  }

  /// Drops the connection, and all other requests on it, as a machine that dies does.
  private static HttpResponse hangUp(ServiceRequestContext request) {
    var connection = request.log().partial().channel();
    if (connection != null) {
      connection.eventLoop().execute(() -> connection.unsafe().closeForcibly());
    }
    return silence();
  }
}
