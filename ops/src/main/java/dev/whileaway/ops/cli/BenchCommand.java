package dev.whileaway.ops.cli;

import dev.whileaway.ops.demo.ServeProcess;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ReportRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./whileaway bench`: by itself, what one client feels; its commands measure the rest.
@Command(
    name = "bench",
    description =
        "Measures, on this machine, what one client feels: how soon serve is ready on an empty"
            + " store, how long a Report takes until it is fsynced and answered, and how much"
            + " memory serve holds. Everything on loopback, in a temporary folder.",
    footer = {"  ./whileaway bench --reports 10000", "  ./whileaway bench compare --rounds 3"},
    subcommands = {
      BenchCompareCommand.class,
      BenchIngestCommand.class,
      BenchDueCommand.class,
      BenchClearCommand.class,
      BenchSizeCommand.class,
      BenchRestartCommand.class,
      BenchSnapshotCommand.class,
      BenchPresenceCommand.class,
      BenchScaleCommand.class,
      BenchFsyncCommand.class,
      BenchMicroCommand.class,
      BenchDeliveryCommand.class,
      BenchMailCommand.class
    })
final class BenchCommand extends ShellCommand implements Callable<Integer> {

  private static final int WARM_UP = 2_000;

  @Option(
      names = "--reports",
      paramLabel = "N",
      defaultValue = "5000",
      description =
          "Reports that are measured, one after the other; ${DEFAULT-VALUE} unless given.")
  private int reports;

  @Override
  public Integer call() throws CommandFailure {
    try {
      Path work = Files.createTempDirectory("whileaway-bench-");
      try {
        measure(work);
      } finally {
        Folders.delete(work);
      }
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }

  private void measure(Path work) throws IOException {
    Path configuration = Files.createFile(work.resolve("bench.yaml"));
    long begun = System.nanoTime();
    try (ServeProcess serve =
        ServeProcess.start(work.resolve("data"), configuration, work.resolve("serve.log"))) {
      out().printf("ready on an empty store  %8.2f s%n", (System.nanoTime() - begun) / 1e9);
      out().printf("resident, idle           %8s%n", resident(serve.handle()));
      out().flush();
      Histogram micros = report(serve.grpc());
      out().printf("Report, p50              %8.2f ms%n", micros.getValueAtPercentile(50) / 1e3);
      out().printf("Report, p99              %8.2f ms%n", micros.getValueAtPercentile(99) / 1e3);
      out().printf("resident, afterwards     %8s%n", resident(serve.handle()));
      out().flush();
    }
  }

  /// One client, one event a request, one request at a time.
  private Histogram report(String server) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(server).usePlaintext().directExecutor().build();
    try {
      var events = EventServiceGrpc.newBlockingStub(channel);
      var micros = new Histogram(3);
      for (int i = -WARM_UP; i < reports; i++) {
        var event =
            Event.newBuilder()
                .setRecipient("user-" + Math.floorMod(i, 1_000))
                .setSender("bench")
                .setType("message")
                .setData("Are you still coming on Saturday? We kept you a seat.");
        long sent = System.nanoTime();
        var _ = events.report(ReportRequest.newBuilder().addEvents(event).build());
        if (i >= 0) {
          micros.recordValue((System.nanoTime() - sent) / 1_000);
        }
      }
      return micros;
    } finally {
      channel.shutdownNow();
    }
  }

  /// As Linux tells it; elsewhere nothing is told.
  private static String resident(ProcessHandle process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return "?";
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
          .findFirst()
          .orElse("?");
    }
  }
}
