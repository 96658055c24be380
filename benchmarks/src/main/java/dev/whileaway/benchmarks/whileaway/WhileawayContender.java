package dev.whileaway.benchmarks.whileaway;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.TakeSnapshotRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `serve` with the flags that the launcher gives it.
public final class WhileawayContender implements Contender {

  /// The worker within `serve` looks once, at its start, and leaves what is due to the benchmark.
  private static final String CONFIGURATION =
      """
      worker:
        tick: 24h
      """;

  private final Serve.Starter starter;

  public WhileawayContender(Serve.Starter starter) {
    this.starter = starter;
  }

  @Override
  public String name() {
    return "whileaway";
  }

  @Override
  public Running start(Path folder) throws IOException {
    Path configuration = folder.resolve("bench.yaml");
    Files.writeString(configuration, CONFIGURATION);
    return new Life(
        starter.start(folder.resolve("data"), configuration, folder.resolve("serve.log")));
  }

  private record Life(Serve serve) implements Running {

    @Override
    public Client connect(int inFlight) {
      return new UnaryClient(channel());
    }

    @Override
    public Client stream(int inFlight) {
      return new StreamClient(channel());
    }

    private ManagedChannel channel() {
      return Channels.to(serve);
    }

    @Override
    public ProcessHandle process() {
      return serve.handle();
    }

    @Override
    public void snapshot() throws IOException {
      ManagedChannel channel = channel();
      try {
        var _ =
            AdminServiceGrpc.newBlockingStub(channel)
                .takeSnapshot(TakeSnapshotRequest.getDefaultInstance());
      } catch (StatusRuntimeException e) {
        throw new IOException("expected a snapshot, but found " + e.getStatus(), e);
      } finally {
        var _ = channel.shutdownNow();
      }
    }

    @Override
    public long neededBytes() throws IOException, InterruptedException {
      return LiveHeap.bytes(serve.handle());
    }

    @Override
    public void close() {
      serve.close();
    }
  }
}
