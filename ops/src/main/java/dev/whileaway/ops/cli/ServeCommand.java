package dev.whileaway.ops.cli;

import dev.whileaway.aggregator.raft.StoreRefusedException;
import dev.whileaway.ops.config.ConfigurationException;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.config.Settings;
import dev.whileaway.ops.serve.RunningClock;
import dev.whileaway.ops.serve.Standalone;
import dev.whileaway.templates.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./whileaway serve`.
@Command(
    name = "serve",
    description = {
      "Runs Whileaway on this machine: it takes events, keeps them in DIR, and sends digests."
          + " Prints one line when it is ready, and runs until it is told to stop"
          + " (Ctrl-C, SIGTERM).",
      "",
      "Without --config nothing leaves the machine: pushes and mails are written into DIR/outbox."
          + " An urgent type (match) is told at once; the others wait 30 minutes. To see them"
          + " sooner, let the clock run fast: see `clock` in ops/whileaway.example.yaml."
    },
    exitCodeList = {
      "1:could not be started: a port, a file, a disk",
      "2:bad input: the configuration, a template, or a data folder that cannot be used as it is",
      "143:stopped in order by SIGTERM (130: by Ctrl-C)"
    },
    footer = {
      "  ./whileaway serve --data /var/lib/whileaway",
      "  ./whileaway serve --data data --config whileaway.yaml"
    })
final class ServeCommand extends ShellCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  /// A stop that hangs must not keep a machine from going down.
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  @Option(names = "--data", paramLabel = "DIR", description = "The store; made if it is not there.")
  private @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; ops/whileaway.example.yaml explains every key.")
  private @Nullable Path config;

  @Option(
      names = "--grpc-port",
      paramLabel = "N",
      description = "Port for gRPC; 7400 unless given, 0: any free one.")
  private @Nullable String grpcPort;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description = "Port for HTTP and JSON; 7480 unless given, 0: any free one.")
  private @Nullable String httpPort;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Settings settings = settings();
    Standalone standalone = start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(standalone), "stop"));
    out()
        .printf(
            "ready grpc=%s:%d http=%s:%d%n",
            settings.daemon().grpc().host(),
            standalone.grpcPort(),
            settings.daemon().http().host(),
            standalone.httpPort());
    out().flush();
    // Until a signal ends the process.
    Thread.currentThread().join();
    return DONE;
  }

  private Settings settings() throws CommandFailure {
    Map<String, String> flags = new LinkedHashMap<>();
    if (data != null) {
      flags.put("data", data.toString());
    }
    if (grpcPort != null) {
      flags.put("grpc.port", grpcPort);
    }
    if (httpPort != null) {
      flags.put("http.port", httpPort);
    }
    try {
      return new ConfigurationLoader(System.getenv()).load(Optional.ofNullable(config), flags);
    } catch (ConfigurationException e) {
      throw CommandFailure.badInput(e);
    }
  }

  private static Standalone start(Settings settings) throws CommandFailure {
    try {
      return Standalone.start(settings, new RunningClock(settings.clock()));
    } catch (StoreRefusedException | TemplateException | IllegalArgumentException e) {
      throw CommandFailure.badInput(e);
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }

  private static void stop(Standalone standalone) {
    LOG.info("stopping");
    Thread closing = Thread.ofPlatform().daemon().name("close").start(standalone::close);
    try {
      if (closing.join(STOP_MAX)) {
        LOG.info("stopped");
      } else {
        LOG.warn("not stopped within {} s: giving up", STOP_MAX.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
