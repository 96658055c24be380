package dev.whileaway.aggregator.edge;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executors;

/// The door inside the process: no socket, no key, the same field rules.
final class LocalDoor implements AutoCloseable {

  private final Server server;
  private final ManagedChannel channel;

  private LocalDoor(Server server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  static LocalDoor open(Services services, Health health) throws IOException {
    String name = "whileaway-" + UUID.randomUUID();
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
    services.behind(Door.LOCAL).forEach(builder::addService);
    builder.addService(services.behind(health.manager().getHealthService(), Door.LOCAL));
    Server server = builder.build().start();
    // Callbacks of the caller run on threads of their own: they may block, and the shards' threads,
    // which bring the answers, may not.
    ManagedChannel channel =
        InProcessChannelBuilder.forName(name)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    return new LocalDoor(server, channel);
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdown();
    Draining.close(server);
    channel.shutdownNow();
  }
}
