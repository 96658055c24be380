package dev.whileaway.benchmarks.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A process that ends when it is closed, and with this one, also on Ctrl-C.
public final class ChildProcess implements AutoCloseable {

  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  private final Process process;
  private final Thread hook;

  private ChildProcess(Process process) {
    this.process = process;
    this.hook = new Thread(this::stop, "stop " + process.pid());
  }

  public static ChildProcess start(ProcessBuilder command) throws IOException {
    var child = new ChildProcess(command.start());
    Runtime.getRuntime().addShutdownHook(child.hook);
    return child;
  }

  public Process process() {
    return process;
  }

  /// Stops it as an operator would, and kills it if that takes too long.
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending, and the hook runs.
    }
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        ProcessUse.kill(process.toHandle());
      }
    } catch (InterruptedException e) {
      ProcessUse.kill(process.toHandle());
      Thread.currentThread().interrupt();
    }
  }
}
