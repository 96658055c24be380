package dev.whileaway.worker.deliver.push;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.WebClientBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;

/// The thread on which all push connections live. One carries more pushes than providers take, and
/// writes together what came meanwhile: with two, more is spent on waking them than on sending.
@SuppressWarnings("deprecation") // Pushy knows this group by its name, and no newer one.
public final class PushLoops implements AutoCloseable {

  private static final int THREADS = 1;

  /// A connection that does not answer a ping is closed, and the next push makes another: else it
  /// would swallow pushes until the system gives it up, which takes minutes.
  static final Duration PING_INTERVAL = Duration.ofSeconds(20);

  private static final Duration IDLE_MAX = Duration.ofMinutes(10);

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
        .idleTimeout(IDLE_MAX, true)
        .pingInterval(PING_INTERVAL)
        .connectionPoolListener(new GoAways())
        .build();
  }

  /// A client over these connections; a request that has no answer within `timeout` is given up.
  /// The time runs from the start, so that writing needs no timer of its own.
  ///
  /// @param to the provider, or any
  public static WebClient client(WebClientBuilder to, ClientFactory factory, Duration timeout) {
    return to.factory(factory)
        .writeTimeout(Duration.ZERO)
        .responseTimeout(timeout)
        .responseTimeoutMode(ResponseTimeoutMode.FROM_START)
        .build();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, SECONDS).awaitUninterruptibly();
  }
}
