package dev.whileaway.testkit.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
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

  private final EventLoopGroup thread;
  private final Channel listening;

  /// What is served.
  public interface Site {
    Answer answer(Request request);
  }

  private WebServer(EventLoopGroup thread, Channel listening) {
    this.thread = thread;
    this.listening = listening;
  }

  /// @param port zero: any free one
  /// @param tls empty: in the clear
  /// @throws UncheckedIOException if the port cannot be opened
  public static WebServer start(int port, Optional<SslContext> tls, Site site) {
    var thread =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fake", true), NioIoHandler.newFactory());
    var bound =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, WAITING_TO_CONNECT_MAX)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
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
    return new WebServer(thread, bound.channel());
  }

  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
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
