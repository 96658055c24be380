package dev.whileaway.worker.deliver.push;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.linecorp.armeria.client.ClientFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/// The threads on which all push connections live: two carry more pushes than providers take.
@SuppressWarnings("deprecation") // Pushy knows this group by its name, and no newer one.
public final class PushLoops implements AutoCloseable {

  private static final int THREADS = 2;

  private final EventLoopGroup group =
      new NioEventLoopGroup(THREADS, new DefaultThreadFactory("push", true));

  EventLoopGroup group() {
    return group;
  }

  /// Connections of one provider; whoever asks closes them.
  public ClientFactory clientFactory(long connectTimeoutMillis) {
    return ClientFactory.builder()
        .workerGroup(group, false)
        .connectTimeoutMillis(connectTimeoutMillis)
        .build();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, SECONDS).awaitUninterruptibly();
  }
}
