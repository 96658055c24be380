package dev.whileaway.worker.deliver.push;

import dev.whileaway.worker.deliver.Outcome.Trouble;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameLogger;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.logging.LogLevel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Sees the frames that go to APNs and come from it, and so knows what Pushy does not tell: which
/// pushes went out at all, which of them a GOAWAY says were never processed (RFC 9113 section 6.8),
/// and which connections say nothing any more. Safe for use by many threads.
final class ApnsFrames extends Http2FrameLogger {

  private static final AttributeKey<Peer> PEER = AttributeKey.valueOf(ApnsFrames.class, "peer");

  private final Map<String, ApnsNotification> underWay = new ConcurrentHashMap<>();

  /// What came over one connection, from its first request on.
  private static final class Peer {
    volatile long heardAtNanos = System.nanoTime();
    volatile int lastStream = Integer.MAX_VALUE;
    volatile boolean inGoodOrder;
  }

  /// How a push went out.
  ///
  /// @param connection its handler's place on it
  record Sent(ChannelHandlerContext connection, int stream, long atNanos) {}

  ApnsFrames() {
    super(LogLevel.TRACE, ApnsFrames.class);
  }

  void watch(ApnsNotification notification) {
    underWay.put(notification.getApnsId().toString(), notification);
  }

  void leave(ApnsNotification notification) {
    underWay.remove(notification.getApnsId().toString(), notification);
  }

  /// Whether a push went out at all.
  static boolean wentOut(ApnsNotification notification) {
    return notification.sent() != null;
  }

  /// Whose trouble it is that APNs said of a push that went out that it was never processed; empty:
  /// it did not say so.
  static Optional<Trouble> turnedAway(ApnsNotification notification) {
    Sent sent = notification.sent();
    if (sent == null) {
      return Optional.empty();
    }
    Peer peer = peer(sent.connection());
    return sent.stream() > peer.lastStream
        ? Optional.of(peer.inGoodOrder ? Trouble.TURNED_AWAY : Trouble.WAY)
        : Optional.empty();
  }

  /// A push has waited in vain for its answer. If its connection is silent, that is given up.
  ///
  /// @param timeout as long as it has waited
  static void suspect(ApnsNotification notification, Duration timeout) {
    Sent sent = notification.sent();
    if (sent != null
        && Silence.tells(
            sent.atNanos(), peer(sent.connection()).heardAtNanos, System.nanoTime(), timeout)) {
      var _ = sent.connection().close(); // Past the handler, which would wait for more answers.
    }
  }

  private static Peer peer(ChannelHandlerContext connection) {
    var peer = connection.channel().attr(PEER);
    Peer known = peer.get();
    if (known == null) {
      peer.setIfAbsent(new Peer());
      known = peer.get();
    }
    return known;
  }

  @Override
  public void logHeaders(
      Direction direction,
      ChannelHandlerContext connection,
      int stream,
      Http2Headers headers,
      int padding,
      boolean last) {
    Peer peer = peer(connection);
    if (direction == Direction.INBOUND) {
      peer.heardAtNanos = System.nanoTime();
      return;
    }
    CharSequence id = headers.get("apns-id");
    ApnsNotification notification = id == null ? null : underWay.get(id.toString());
    if (notification != null) {
      notification.sentAs(new Sent(connection, stream, System.nanoTime()));
    }
  }

  @Override
  public void logHeaders(
      Direction direction,
      ChannelHandlerContext connection,
      int stream,
      Http2Headers headers,
      int dependsOn,
      short weight,
      boolean exclusive,
      int padding,
      boolean last) {
    logHeaders(direction, connection, stream, headers, padding, last);
  }

  @Override
  public void logGoAway(
      Direction direction,
      ChannelHandlerContext connection,
      int lastStream,
      long errorCode,
      ByteBuf words) {
    if (direction == Direction.INBOUND) {
      Peer peer = peer(connection);
      peer.inGoodOrder = errorCode == Http2Error.NO_ERROR.code();
      peer.lastStream = lastStream;
    }
  }
}
