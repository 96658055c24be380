package dev.whileaway.testkit.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Finds out what a new connection speaks, and opens the door for it.
final class Reception {

  private static final int BODY_BYTES_MAX = 1 << 20;

  private Reception() {}

  static ChannelHandler[] of(Optional<SslContext> tls, Channel connection, WebServer.Site site) {
    return tls.map(context ->
            new ChannelHandler[] {context.newHandler(connection.alloc()), new ByAgreement(site)})
        .orElseGet(() -> new ChannelHandler[] {new ByFirstBytes(site)});
  }

  /// Under TLS both sides agree on it (ALPN).
  private static final class ByAgreement extends ApplicationProtocolNegotiationHandler {

    private final WebServer.Site site;

    ByAgreement(WebServer.Site site) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.site = site;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext connection, String protocol) {
      boolean certified = certified(connection.pipeline().get(SslHandler.class));
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        connection.pipeline().addLast(Http2Door.to(site, certified));
      } else {
        openHttp1(connection.pipeline(), site, certified);
      }
    }

    /// One that is not trusted does not get as far.
    private static boolean certified(SslHandler tls) {
      try {
        return tls.engine().getSession().getPeerCertificates().length > 0;
      } catch (SSLPeerUnverifiedException _) {
        return false;
      }
    }

    /// A client that does not trust us, as tests have it.
    @Override
    protected void handshakeFailure(ChannelHandlerContext connection, Throwable cause) {
      var _ = connection.close();
    }
  }

  /// In the clear a client of HTTP/2 begins with its preface (RFC 9113 section 3.4): no method of
  /// HTTP/1.1 is called PRI.
  private static final class ByFirstBytes extends ByteToMessageDecoder {

    private static final int PRI = 0x505249;

    private final WebServer.Site site;

    ByFirstBytes(WebServer.Site site) {
      this.site = site;
    }

    @Override
    protected void decode(ChannelHandlerContext connection, ByteBuf in, List<Object> out) {
      if (in.readableBytes() < Integer.BYTES - 1) {
        return;
      }
      if (in.getUnsignedMedium(in.readerIndex()) == PRI) {
        connection.pipeline().addLast(Http2Door.to(site, false));
      } else {
        openHttp1(connection.pipeline(), site, false);
      }
      // What was read goes on to whoever comes next.
      connection.pipeline().remove(this);
    }
  }

  private static void openHttp1(ChannelPipeline pipeline, WebServer.Site site, boolean certified) {
    pipeline.addLast(
        new HttpServerCodec(),
        new HttpObjectAggregator(BODY_BYTES_MAX),
        new Http1Door(site, certified));
  }
}
