package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.whileaway.Serve;
import dev.whileaway.ops.demo.ServeProcess;
import java.io.IOException;
import java.nio.file.Path;

/// The `serve` that benchmarks measure: this program.
record BenchServe(ServeProcess process) implements Serve {

  static Serve start(Path data, Path configuration, Path log) throws IOException {
    return new BenchServe(ServeProcess.start(data, configuration, log));
  }

  @Override
  public String grpc() {
    return process.grpc();
  }

  @Override
  public ProcessHandle handle() {
    return process.handle();
  }

  @Override
  public void close() {
    process.close();
  }
}
