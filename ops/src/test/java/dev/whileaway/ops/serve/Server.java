package dev.whileaway.ops.serve;

import dev.whileaway.ops.demo.ServeProcess;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;

/// A running `serve` in a process of its own, and a channel to it.
record Server(ServeProcess process, ManagedChannel channel) implements AutoCloseable {

  /// @param folder holds its data and its logs
  /// @param log the name of this life's log
  static Server start(Path folder, Path configuration, String log) throws IOException {
    ProcessBuilder command = ServeProcess.command(folder.resolve("data"), configuration);
    // A short life does not earn back what the second compiler costs.
    command.command().add(1, "-XX:TieredStopAtLevel=1");
    var process = ServeProcess.start(command, folder.resolve(log + ".log"));
    return new Server(
        process, NettyChannelBuilder.forTarget(process.grpc()).usePlaintext().build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    process.close();
  }
}
