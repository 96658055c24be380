package dev.whileaway.testkit.http;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and what is done with it. Used by its connection's thread.
abstract class Conversation {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  private final ChannelHandlerContext connection;

  Conversation(ChannelHandlerContext connection) {
    this.connection = connection;
  }

  /// Sent with the next flush.
  abstract void respond(Answer.Response response);

  abstract void lastOnes();

  abstract void turnAway(long errorCode);

  final void answer(WebServer.Site site, Request request) {
    try {
      perform(site.answer(request));
    } catch (RuntimeException e) {
      log.warn("cannot answer {}", request.path(), e);
      respond(Answer.text(500, e.toString()));
    }
  }

  private void perform(Answer answer) {
    switch (answer) {
      case Answer.Response response -> respond(response);
      case Answer.Silence() -> {}
      case Answer.HangUp() -> hangUp();
      case Answer.TurnAway(var errorCode) -> turnAway(errorCode);
      case Answer.LastOnes(var some) -> {
        lastOnes();
        perform(some);
      }
      case Answer.Later(var delay, var then) -> {
        var _ =
            connection
                .executor()
                .schedule(
                    () -> {
                      perform(then.get());
                      connection.channel().flush();
                    },
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
      }
    }
  }

  final void hangUp() {
    var socket = connection.channel().unsafe();
    socket.close(socket.voidPromise());
  }
}
