package dev.whileaway.ops.serve;

import dev.whileaway.templates.FolderWatch;
import dev.whileaway.templates.LiveTemplates;
import dev.whileaway.templates.TemplateException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads templates anew when their folder has changed, and says how that went in the log and in
/// metrics. A version that is refused is never used: the last good one stays.
final class TemplatesReload implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TemplatesReload.class);
  private static final String RELOADS = "whileaway.templates.reloads";

  /// Real time.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final FolderWatch watch;
  private final LiveTemplates live;
  private final Counter loaded;
  private final Counter refused;
  private final ScheduledExecutorService looks;
  private volatile boolean broken;
  private volatile List<String> waiting = List.of();

  /// @param watch begun before the templates were loaded
  TemplatesReload(FolderWatch watch, LiveTemplates live, MeterRegistry metrics) {
    this.watch = watch;
    this.live = live;
    this.loaded = reloads(metrics, "loaded");
    this.refused = reloads(metrics, "refused");
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("templates").factory());
    Gauge.builder("whileaway.templates.broken", this, reload -> reload.broken ? 1 : 0)
        .description("1: the templates folder is broken, and an older version is in use")
        .strongReference(true)
        .register(metrics);
    Gauge.builder("whileaway.templates.waiting", this, reload -> reload.waiting.size())
        .description("changes of event types in the templates folder that take a restart")
        .strongReference(true)
        .register(metrics);
  }

  private static Counter reloads(MeterRegistry metrics, String result) {
    return Counter.builder(RELOADS)
        .description("changes of the templates folder that were taken over, or refused")
        .tag("result", result)
        .register(metrics);
  }

  /// From now on looks every second.
  void start() {
    warn();
    looks.scheduleWithFixedDelay(
        this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Looks once; see [FolderWatch#hasChanged].
  void look() {
    try {
      if (watch.hasChanged()) {
        waiting = live.reload();
        broken = false;
        loaded.increment();
        LOG.info("templates: loaded anew");
        waiting.forEach(change -> LOG.warn("templates: takes a restart: {}", change));
        warn();
      }
    } catch (TemplateException | RuntimeException | Error e) {
      // Whatever it was, the next look comes: a schedule ends with what it lets through. A macro
      // that calls itself ends in a StackOverflowError.
      broken = true;
      refused.increment();
      boolean inWords = e instanceof TemplateException || e instanceof IllegalArgumentException;
      LOG.error(
          "templates: refused, the last good version stays in use: {}",
          inWords ? e.getMessage() : e.toString());
    }
  }

  private void warn() {
    live.warnings().forEach(warning -> LOG.warn("templates: {}", warning));
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
