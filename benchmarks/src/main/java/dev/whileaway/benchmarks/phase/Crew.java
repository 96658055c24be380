package dev.whileaway.benchmarks.phase;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.load.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Connections, and the lanes that work on them.
final class Crew implements AutoCloseable {

  private final List<Client> clients = new ArrayList<>();
  private final List<Step> lanes = new ArrayList<>();

  private Crew() {}

  /// So many connections, each with one request in flight.
  static Crew each(Contender.Running life, int connections, Function<Client, Step> lane)
      throws IOException {
    var crew = new Crew();
    for (int i = 0; i < connections; i++) {
      crew.join(life.connect(1), 1, lane);
    }
    return crew;
  }

  /// One connection with so many requests in flight.
  static Crew on(Client client, int inFlight, Function<Client, Step> lane) {
    var crew = new Crew();
    crew.join(client, inFlight, lane);
    return crew;
  }

  private void join(Client client, int inFlight, Function<Client, Step> lane) {
    clients.add(client);
    for (int i = 0; i < inFlight; i++) {
      lanes.add(lane.apply(client));
    }
  }

  List<Step> lanes() {
    return lanes;
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}
