package dev.whileaway.ops.crash;

import dev.whileaway.ops.demo.ServeProcess;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;

/// One life: a running `serve` in a process of its own, and a channel to it.
record Server(ServeProcess process, ManagedChannel channel) implements AutoCloseable {

  /// Returns once it is ready.
  ///
  /// @param log takes this life's log
  static Server start(Path data, Path configuration, Path log) throws IOException {
    var process = ServeProcess.start(command(data, configuration), log);
    return new Server(
        process, NettyChannelBuilder.forTarget(process.grpc()).usePlaintext().build());
  }

  static ProcessBuilder command(Path data, Path configuration) {
    ProcessBuilder command = ServeProcess.command(data, configuration);
    // A short life does not earn back what the second compiler costs.
    command.command().add(1, "-XX:TieredStopAtLevel=1");
    return command;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    process.close();
  }
}
