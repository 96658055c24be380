package dev.whileaway.testkit.http;

import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The requests of one connection that speaks HTTP/1.1, one after the other.
final class Http1Door extends SimpleChannelInboundHandler<FullHttpRequest> {

  private final WebServer.Site site;
  private final boolean certified;

  Http1Door(WebServer.Site site, boolean certified) {
    this.site = site;
    this.certified = certified;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext connection, FullHttpRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    byte[] body = ByteBufUtil.getBytes(request.content());
    new OnConnection(connection).answer(site, new Request(request.uri(), headers, body, certified));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext connection) {
    connection.flush();
  }

  private static final class OnConnection extends Conversation {

    private final ChannelHandlerContext connection;
    private boolean last;

    OnConnection(ChannelHandlerContext connection) {
      super(connection);
      this.connection = connection;
    }

    @Override
    void respond(Answer.Response said) {
      var response =
          new DefaultFullHttpResponse(
              HTTP_1_1,
              HttpResponseStatus.valueOf(said.status()),
              Unpooled.wrappedBuffer(said.body()));
      said.headers().forEach((name, value) -> response.headers().set(name, value));
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, said.body().length);
      if (last) {
        response.headers().set(HttpHeaderNames.CONNECTION, "close");
      }
      var _ = connection.write(response);
    }

    @Override
    void lastOnes() {
      last = true;
    }

    @Override
    void turnAway(long errorCode) {
      hangUp();
    }
  }
}
