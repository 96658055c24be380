package dev.whileaway.testkit.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.HashMap;
import java.util.Map;

/// The requests of one connection that speaks HTTP/2.
final class Http2Door extends Http2ConnectionHandler {

  /// What Apple allows at most; its clients take it for granted.
  private static final int STREAMS_MAX = 1_000;

  /// So much may be on its way to a server that looks elsewhere.
  private static final int WINDOW_BYTES = 8 << 20;

  private static final int HEADERS_EXPECTED = 32;

  private final WebServer.Site site;
  private final boolean certified;
  private final Http2Connection.PropertyKey begun;

  /// Later ones are not looked at.
  private int streamMax = Integer.MAX_VALUE;

  private Http2Door(Building from, Http2ConnectionDecoder in, Http2ConnectionEncoder out) {
    super(in, out, from.initialSettings());
    site = from.site;
    certified = from.certified;
    begun = connection().newKey();
  }

  static Http2Door to(WebServer.Site site, boolean certified) {
    return new Building(site, certified).build();
  }

  private static final class Building
      extends AbstractHttp2ConnectionHandlerBuilder<Http2Door, Building> {

    private final WebServer.Site site;
    private final boolean certified;

    Building(WebServer.Site site, boolean certified) {
      this.site = site;
      this.certified = certified;
      server(true);
      validateHeaders(false);
      // A client that gives up on what hangs here does so often, and by right.
      decoderEnforceMaxRstFramesPerWindow(0, 0);
      initialSettings(
          Http2Settings.defaultSettings()
              .maxConcurrentStreams(STREAMS_MAX)
              .initialWindowSize(WINDOW_BYTES));
    }

    @Override
    protected Http2Door build() {
      return super.build();
    }

    @Override
    protected Http2Settings initialSettings() {
      return super.initialSettings();
    }

    @Override
    protected Http2Door build(
        Http2ConnectionDecoder in, Http2ConnectionEncoder out, Http2Settings settings) {
      var door = new Http2Door(this, in, out);
      frameListener(door.new Frames());
      return door;
    }
  }

  /// The window of a connection is none of the settings.
  @Override
  public void handlerAdded(ChannelHandlerContext connection) throws Exception {
    super.handlerAdded(connection);
    var whole = connection().connectionStream();
    var window = connection().local().flowController();
    window.incrementWindowSize(whole, WINDOW_BYTES - window.windowSize(whole));
  }

  /// A request of which the body is still to come.
  private record Begun(Map<String, String> headers, ByteBuf body) {}

  private final class Frames extends Http2EventAdapter {

    @Override
    public void onHeadersRead(
        ChannelHandlerContext connection,
        int stream,
        Http2Headers headers,
        int dependsOn,
        short weight,
        boolean exclusive,
        int padding,
        boolean last) {
      onHeadersRead(connection, stream, headers, padding, last);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext connection,
        int stream,
        Http2Headers headers,
        int padding,
        boolean last) {
      Map<String, String> texts = HashMap.newHashMap(HEADERS_EXPECTED);
      headers.forEach(
          header -> texts.put(header.getKey().toString(), header.getValue().toString()));
      if (last) {
        answer(connection, stream, texts, new byte[0]);
      } else {
        connection().stream(stream).setProperty(begun, new Begun(texts, Unpooled.buffer()));
      }
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext connection, int stream, ByteBuf data, int padding, boolean last) {
      Begun request = connection().stream(stream).getProperty(begun);
      if (!last) {
        request.body.writeBytes(data, data.readerIndex(), data.readableBytes());
      } else if (request.body.isReadable()) {
        request.body.writeBytes(data, data.readerIndex(), data.readableBytes());
        answer(connection, stream, request.headers, ByteBufUtil.getBytes(request.body));
      } else {
        answer(connection, stream, request.headers, ByteBufUtil.getBytes(data));
      }
      return data.readableBytes() + padding;
    }
  }

  private void answer(
      ChannelHandlerContext connection, int stream, Map<String, String> headers, byte[] body) {
    if (stream > streamMax) {
      return;
    }
    var request = new Request(headers.getOrDefault(":path", ""), headers, body, certified);
    new OnStream(connection, stream).answer(site, request);
  }

  private final class OnStream extends Conversation {

    private final ChannelHandlerContext connection;
    private final int stream;

    OnStream(ChannelHandlerContext connection, int stream) {
      super(connection);
      this.connection = connection;
      this.stream = stream;
    }

    /// Unless the client has given up on it meanwhile.
    @Override
    void respond(Answer.Response response) {
      if (connection().stream(stream) == null) {
        return;
      }
      boolean bare = response.body().length == 0;
      var headers = new DefaultHttp2Headers(false).status(Integer.toString(response.status()));
      response.headers().forEach(headers::set);
      var _ = encoder().writeHeaders(connection, stream, headers, 0, bare, connection.newPromise());
      if (!bare) {
        var body = Unpooled.wrappedBuffer(response.body());
        var _ = encoder().writeData(connection, stream, body, 0, true, connection.newPromise());
      }
    }

    @Override
    void lastOnes() {
      var _ =
          connection.channel().close(); // This handler says so first, and waits for its streams.
    }

    /// Past the handler, which would take what the client has sent meanwhile for an error. Each is
    /// lower than the one before (RFC 9113 section 6.8): later streams are not looked at, and
    /// nobody turns away late.
    @Override
    void turnAway(long errorCode) {
      streamMax = stream - 2;
      var _ =
          encoder()
              .frameWriter()
              .writeGoAway(
                  connection,
                  Math.max(0, streamMax),
                  errorCode,
                  Unpooled.EMPTY_BUFFER,
                  connection.newPromise());
      connection.flush();
    }
  }
}
