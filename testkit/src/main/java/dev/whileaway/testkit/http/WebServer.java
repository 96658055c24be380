package dev.whileaway.testkit.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A web server on 127.0.0.1 that speaks HTTP/2 and HTTP/1.1, as its clients like. One thread does
/// everything, so a [Site] must not block.
public final class WebServer implements AutoCloseable {

  private static final int WAITING_TO_CONNECT_MAX = 1_024;

  private static final int HUNG_RECEIVE_BUFFER_BYTES = 4 << 10;

  private final EventLoopGroup thread;
  private final Channel listening;
  private final ChannelGroup connections;

  /// What is served.
  public interface Site {
    Answer answer(Request request);
  }

  private WebServer(EventLoopGroup thread, Channel listening, ChannelGroup connections) {
    this.thread = thread;
    this.listening = listening;
    this.connections = connections;
  }

  /// @param port zero: any free one
  /// @param tls empty: in the clear
  /// @throws UncheckedIOException if the port cannot be opened
  public static WebServer start(int port, Optional<SslContext> tls, Site site) {
    var thread =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fake", true), NioIoHandler.newFactory());
    var connections = new DefaultChannelGroup(thread.next());
    var bound =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, WAITING_TO_CONNECT_MAX)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connections.add(connection);
                    connection.pipeline().addLast(Reception.of(tls, connection, site));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stop(thread);
      throw new UncheckedIOException(
          new IOException(
              "expected port %d to be free, but found: %s".formatted(port, bound.cause()),
              bound.cause()));
    }
    return new WebServer(thread, bound.channel(), connections);
  }

  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /// Reads no more from the connections of this moment, which stay open. Their clients are soon
  /// left with what they write: the system keeps little.
  public void hang() {
    connections.forEach(
        connection -> connection.eventLoop().submit(() -> hang(connection)).syncUninterruptibly());
  }

  private static void hang(Channel connection) {
    connection.config().setOption(ChannelOption.SO_RCVBUF, HUNG_RECEIVE_BUFFER_BYTES);
    connection.config().setAutoRead(false);
  }

  /// Drops the connections of this moment, as a machine that dies does.
  public void drop() {
    connections.forEach(connection ->
        connection.eventLoop().execute(() -> connection.unsafe().close(connection.voidPromise())));
  }

  /// Stops listening and drops all connections; nobody needs to await it.
  @Override
  public void close() {
    stop(thread);
  }

  private static void stop(EventLoopGroup thread) {
    var _ = thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
