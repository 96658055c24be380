package dev.whileaway.worker;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.Renderer;
import dev.whileaway.worker.client.DigestClient;
import dev.whileaway.worker.client.Retry;
import dev.whileaway.worker.client.UserClient;
import dev.whileaway.worker.deliver.DeliveryChannels;
import dev.whileaway.worker.pipeline.DigestPipeline;
import dev.whileaway.worker.pipeline.Ports;
import dev.whileaway.worker.pipeline.Telling;
import dev.whileaway.worker.pull.Calendar;
import dev.whileaway.worker.pull.DeviceThreads;
import dev.whileaway.worker.pull.PullLoop;
import dev.whileaway.worker.pull.Room;
import dev.whileaway.worker.pull.WorkerMetrics;
import dev.whileaway.worker.retract.Retractor;
import dev.whileaway.worker.watch.Watch;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/// A running scheduler worker. Any number may run against the same daemons.
public final class Worker implements AutoCloseable {

  private static final Duration STATS_INTERVAL = Duration.ofHours(1);

  /// A daemon that is away for longer has let the leases run out. Real time.
  private static final Duration RETRY_MAX = Duration.ofMinutes(1);

  /// How long [#close] waits for sends under way. Real time.
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

  private final Calendar calendar;
  private final PullLoop loop;
  private final Retry retry;

  /// @param channels stay open when the worker closes
  /// @param clock the daemons' clock; used for measuring, decisions take the lease's time
  public static Worker start(
      WorkerSettings settings,
      Channel daemon,
      Catalogue catalogue,
      Renderer renderer,
      DeliveryChannels channels,
      MeterRegistry metrics,
      InstantSource clock) {
    WorkerMetrics counts = new WorkerMetrics(metrics, clock);
    counts.show(channels);
    Telling telling =
        new Telling(counts.timed(renderer), channels.push(), channels.mail(), new DeviceThreads());
    return start(
        settings,
        daemon,
        catalogue,
        telling,
        Room.of(settings.policy().ladder(), channels.routes()),
        counts,
        clock);
  }

  static Worker start(
      WorkerSettings settings,
      Channel daemon,
      Catalogue catalogue,
      Telling telling,
      Room room,
      WorkerMetrics metrics,
      InstantSource clock) {
    Retry retry = new Retry(shorter(settings.leaseTtl(), RETRY_MAX));
    DigestClient digests = new DigestClient(daemon, retry);
    UserClient users = new UserClient(daemon, retry);
    AtomicBoolean stopping = new AtomicBoolean();
    DigestPipeline pipeline =
        new DigestPipeline(
            settings.policy(),
            catalogue,
            new Ports(users, users, digests),
            telling,
            new Watch(metrics, clock, digests, telling::way),
            stopping::get);
    Retractor retractor =
        new Retractor(
            users,
            telling.push(),
            metrics.registry(),
            Thread::startVirtualThread,
            telling.fanOut());
    PullLoop loop =
        new PullLoop(
            settings,
            wish -> {
              var pulled = digests.pull(settings.name(), wish, settings.leaseTtl());
              retractor.take(pulled.seen());
              return pulled.due();
            },
            room,
            pipeline,
            metrics,
            stopping);

    // Quartz keeps one calendar of a name in a process, and workers may share a name by mistake.
    Calendar calendar = Calendar.named(settings.name() + "-" + UUID.randomUUID());
    calendar.every("pull", settings.tick(), loop::tick);
    calendar.every("stats", STATS_INTERVAL, metrics::logStats);
    calendar.start();
    return new Worker(calendar, loop, retry);
  }

  private Worker(Calendar calendar, PullLoop loop, Retry retry) {
    this.calendar = calendar;
    this.loop = loop;
    this.retry = retry;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /// Stops pulling, finishes what is being sent, gives the rest back.
  @Override
  public void close() {
    loop.stop();
    calendar.close();
    loop.close(CLOSE_PATIENCE);
    retry.abandon();
  }
}
