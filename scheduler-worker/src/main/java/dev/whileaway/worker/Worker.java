package dev.whileaway.worker;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.Renderer;
import dev.whileaway.worker.deliver.DeliveryChannels;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/// A running scheduler worker. Any number may run against the same daemons.
public final class Worker implements AutoCloseable {

  public static Worker start(
      WorkerSettings settings,
      Channel daemon,
      Catalogue catalogue,
      Renderer renderer,
      DeliveryChannels channels,
      MeterRegistry metrics,
      InstantSource clock) {
    throw new UnsupportedOperationException("stub");
  }

  /// Stops pulling, finishes what is being sent, gives the rest back.
  @Override
  public void close() {}
}
