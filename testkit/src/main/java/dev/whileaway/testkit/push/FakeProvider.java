package dev.whileaway.testkit.push;

import dev.whileaway.testkit.Script;
import dev.whileaway.testkit.Sends;
import dev.whileaway.testkit.http.Answer;
import dev.whileaway.testkit.http.Request;
import dev.whileaway.testkit.http.WebServer;
import io.netty.handler.ssl.SslContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What the fake providers have in common: a small HTTP server on 127.0.0.1, a script, a memory.
final class FakeProvider implements AutoCloseable {

  private static final int PUSHES_KEPT = 20_000;

  final Script<PushBehaviour> script = new Script<>(PushBehaviour.ACCEPT);
  final Sends<ReceivedPush> pushes = new Sends<>(PUSHES_KEPT);
  private final AtomicLong asked = new AtomicLong();
  private final WebServer server;

  /// What a protocol says to a push.
  interface Words {

    /// @param number how many were taken, with this one
    Answer accepted(ReceivedPush push, long number);

    Answer unregistered(Instant since);

    Answer refused(PushBehaviour.Refuse refusal);
  }

  /// @param port zero: any free one
  /// @param tls empty: in the clear
  FakeProvider(int port, Optional<SslContext> tls, WebServer.Site site) {
    server = WebServer.start(port, tls, site);
  }

  /// Does what the script says with a push that keeps the protocol's rules.
  Answer answer(ReceivedPush push, Words words) {
    return answer(push, words, script.of(push.token()));
  }

  private Answer answer(ReceivedPush push, Words words, PushBehaviour behaviour) {
    return switch (behaviour) {
      case PushBehaviour.Accept() -> accepted(push, words);
      case PushBehaviour.GoAway() -> new Answer.LastOnes(accepted(push, words));
      case PushBehaviour.TurnAway(var errorCode) -> new Answer.TurnAway(errorCode);
      case PushBehaviour.Hang() -> {
        pushes.add(push);
        yield new Answer.Silence();
      }
      case PushBehaviour.Close() -> {
        pushes.add(push);
        yield new Answer.HangUp();
      }
      case PushBehaviour.Unregistered(var since) -> words.unregistered(since);
      case PushBehaviour.Refuse refusal -> words.refused(refusal);
      case PushBehaviour.Delayed(var delay, var then) ->
          new Answer.Later(delay, () -> answer(push, words, then));
      case PushBehaviour.Mix mix -> answer(push, words, mix.of(asked.getAndIncrement()));
    };
  }

  private Answer accepted(ReceivedPush push, Words words) {
    return words.accepted(push, pushes.add(push));
  }

  int port() {
    return server.port();
  }

  WebServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }

  /// @param json what was said; it may have come encrypted
  static ReceivedPush received(String token, Request request, String json) {
    return new ReceivedPush(token, request.headers(), json);
  }

  /// A refusal, with the provider's wish to be left alone if it has one.
  static Answer refused(PushBehaviour.Refuse refusal, String json) {
    var said = Answer.json(refusal.status(), json);
    return refusal
        .retryAfter()
        .map(delay -> said.with(Map.of("retry-after", Long.toString(delay.toSeconds()))))
        .orElse(said);
  }
}
