package dev.whileaway.ops.serve;

import dev.whileaway.aggregator.Daemon;
import dev.whileaway.aggregator.StoreOpening;
import dev.whileaway.aggregator.edge.pages.UserPages;
import dev.whileaway.aggregator.raft.StoreRefusedException;
import dev.whileaway.ops.config.Settings;
import dev.whileaway.templates.FolderWatch;
import dev.whileaway.templates.LiveTemplates;
import dev.whileaway.templates.TemplateException;
import dev.whileaway.templates.Templates;
import dev.whileaway.worker.Worker;
import dev.whileaway.worker.client.SuppressionClient;
import dev.whileaway.worker.deliver.DeliveryChannels;
import java.io.IOException;
import java.util.Optional;

/// A daemon and a worker in one process.
public final class Standalone implements AutoCloseable {

  private final Daemon daemon;
  private final Worker worker;
  private final DeliveryChannels channels;
  private final Optional<TemplatesReload> reload;

  private Standalone(
      Daemon daemon, Worker worker, DeliveryChannels channels, Optional<TemplatesReload> reload) {
    this.daemon = daemon;
    this.worker = worker;
    this.channels = channels;
    this.reload = reload;
  }

  /// Returns once every port answers and due backlogs are pulled.
  ///
  /// @throws StoreRefusedException if the data folder cannot be used as it is
  /// @throws TemplateException if a template, a text or the catalogue is broken
  /// @throws IOException if a port cannot be opened, or a file of the settings not be read
  /// @throws IllegalArgumentException if a setting is wrong; the message names its key
  public static Standalone start(Settings settings, RunningClock clock)
      throws StoreRefusedException, TemplateException, IOException {
    // The store first: its lock keeps a second process from everything else. It loads meanwhile.
    var opening = StoreOpening.begin(settings.daemon(), clock);
    LiveTemplates live;
    // Watched from before they are read, so that no edit falls between.
    Optional<FolderWatch> watch = settings.templates().folder().map(FolderWatch::new);
    try {
      live = LiveTemplates.of(settings.templates()::load);
    } catch (TemplateException | RuntimeException e) {
      opening.abandon();
      throw e;
    }
    Templates templates = live.templates();
    Daemon daemon =
        Daemon.start(
            opening,
            templates.catalogue(),
            settings.templates().links().map(links -> new UserPages(links, templates.pages())));
    DeliveryChannels channels = null;
    try {
      channels =
          DeliveryChannels.open(
              settings.delivery(),
              settings.worker().inFlight(),
              new SuppressionClient(daemon.localChannel()),
              clock);
      Worker worker =
          Worker.start(
              settings.worker(),
              daemon.localChannel(),
              templates.catalogue(),
              templates.renderer(),
              channels,
              daemon.metrics(),
              clock);
      Optional<TemplatesReload> reload =
          watch.map(folder -> new TemplatesReload(folder, live, daemon.metrics()));
      reload.ifPresent(TemplatesReload::start);
      clock.run();
      return new Standalone(daemon, worker, channels, reload);
    } catch (IOException | RuntimeException e) {
      if (channels != null) {
        channels.close();
      }
      daemon.close();
      throw e;
    }
  }

  public int grpcPort() {
    return daemon.grpcPort();
  }

  public int httpPort() {
    return daemon.httpPort();
  }

  /// The worker first: it gives back what it has leased.
  @Override
  public void close() {
    reload.ifPresent(TemplatesReload::close);
    worker.close();
    channels.close();
    daemon.close();
  }
}
