package dev.whileaway.worker.deliver.push;

import com.linecorp.armeria.client.ConnectionPoolListener;
import com.linecorp.armeria.common.SessionProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.util.AttributeKey;
import io.netty.util.AttributeMap;
import java.net.InetSocketAddress;

/// Sees why the other ends of connections want no more requests, which the client does not tell: a
/// GOAWAY may be good order, or an error (RFC 9113 section 6.8).
final class GoAways implements ConnectionPoolListener {

  private static final AttributeKey<Boolean> IN_GOOD_ORDER =
      AttributeKey.valueOf(GoAways.class, "inGoodOrder");

  /// Whether a connection ended, or ends, with a GOAWAY without an error.
  static boolean inGoodOrder(Channel connection) {
    return Boolean.TRUE.equals(connection.attr(IN_GOOD_ORDER).get());
  }

  @Override
  public void connectionOpen(
      SessionProtocol protocol,
      InetSocketAddress remote,
      InetSocketAddress local,
      AttributeMap attributes) {
    if (attributes instanceof Channel connection) {
      var http2 = connection.pipeline().get(Http2ConnectionHandler.class);
      if (http2 != null) {
        var decoder = http2.decoder();
        decoder.frameListener(new Ear(decoder.frameListener(), connection));
      }
    }
  }

  @Override
  public void connectionClosed(
      SessionProtocol protocol,
      InetSocketAddress remote,
      InetSocketAddress local,
      AttributeMap attributes) {}

  /// Told before the client is, which ends requests at once if the GOAWAY names an error.
  private static final class Ear extends Http2FrameListenerDecorator {

    private final Channel connection;

    Ear(Http2FrameListener client, Channel connection) {
      super(client);
      this.connection = connection;
    }

    @Override
    public void onGoAwayRead(
        ChannelHandlerContext context, int lastStream, long errorCode, ByteBuf words)
        throws Http2Exception {
      connection.attr(IN_GOOD_ORDER).set(errorCode == Http2Error.NO_ERROR.code());
      super.onGoAwayRead(context, lastStream, errorCode, words);
    }
  }
}
