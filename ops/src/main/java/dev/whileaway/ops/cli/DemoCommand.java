package dev.whileaway.ops.cli;

import dev.whileaway.ops.config.Spans;
import dev.whileaway.ops.demo.Demo;
import dev.whileaway.ops.demo.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./whileaway demo`.
@Command(
    name = "demo",
    description = {
      "Plays two days of a real community in fast-forward: against a real serve, over gRPC, with a"
          + " mail server and push providers on loopback. Nothing leaves this machine.",
      "",
      "Shows progress, then a table of what happened and a folder to look at. The time from due to"
          + " accepted is the server's own measure (whileaway_worker_due_to_accepted), given in"
          + " real milliseconds."
    },
    exitCodeList = {
      "0:pushes and mails arrived",
      "1:failed, or nothing arrived",
      "2:bad input: a flag is wrong"
    },
    footer = {
      "  ./whileaway demo --for 60s",
      "  ./whileaway demo --for 2m --report out.json --out what-arrived"
    })
final class DemoCommand extends ShellCommand implements Callable<Integer> {

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long it takes, such as 30s or 2m; ${DEFAULT-VALUE} unless given.")
  private String length = "";

  @Mixin private final ReportFile report = new ReportFile();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where mails and pushes go; a new folder in the temporary one unless given.")
  private @Nullable Path out;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Duration time = length();
    report.check();
    try {
      Path folder = out == null ? Files.createTempDirectory("whileaway-") : out;
      boolean terminal = System.console() != null && System.console().isTerminal();
      Demo.Result result = Demo.play(time, folder, out(), terminal);
      report.write(result.json());
      out().println();
      out().print(result.table());
      out().println();
      out().println("open " + result.index().toUri());
      return result.pushesAndMails() ? DONE : FAILED;
    } catch (IOException | DemoException e) {
      throw CommandFailure.failed(e);
    }
  }

  private Duration length() throws CommandFailure {
    try {
      Duration time = Spans.parse(length);
      if (time.compareTo(Duration.ofSeconds(20)) >= 0) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw CommandFailure.badInput(
        "--for: expected 20s or more, such as 60s or 2m, but found " + length);
  }
}
