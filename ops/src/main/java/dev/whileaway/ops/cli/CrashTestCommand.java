package dev.whileaway.ops.cli;

import dev.whileaway.ops.crash.CrashException;
import dev.whileaway.ops.crash.CrashResult;
import dev.whileaway.ops.crash.CrashSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./whileaway crash-test`.
@Command(
    name = "crash-test",
    description = {
      "Kills a real serve (SIGKILL) again and again over one store, while it starts, takes events,"
          + " tells them and writes snapshots. Then compares what was acknowledged, what the"
          + " ledgers say, and what the providers, fakes on loopback, received.",
      "",
      "Everything is in a temporary folder, which is kept and named if something is found."
          + " docs/CRASHES.md explains the figures."
    },
    exitCodeList = {
      "0:nothing was lost, nothing was told twice, and all memories agree",
      "1:failed, or something was found: stderr has the evidence",
      "2:bad input: a flag is wrong"
    },
    footer = {
      "  ./whileaway crash-test --kills 20",
      "  ./whileaway crash-test --kills 300 --report crash.json"
    })
final class CrashTestCommand extends ShellCommand implements Callable<Integer> {

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often; ${DEFAULT-VALUE} unless given. Each takes about three seconds.")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the moments of chance; another each time unless given.")
  private @Nullable Long seed;

  @Mixin private final ReportFile report = new ReportFile();

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (kills < 1) {
      throw CommandFailure.badInput("--kills: expected 1 or more, but found " + kills);
    }
    report.check();
    try {
      Path folder = Files.createTempDirectory("whileaway-crash-");
      try {
        CrashResult result = CrashSuite.run(folder, kills, seed(), this::say);
        return tell(result, folder);
      } catch (CrashException e) {
        throw CommandFailure.failed(e.getMessage() + "; everything is kept in " + folder);
      }
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }

  private long seed() {
    return Optional.ofNullable(seed).orElseGet(() -> new Random().nextLong(1_000_000_000));
  }

  private int tell(CrashResult result, Path folder) throws IOException {
    report.write(result.json());
    out().print(result.table());
    out().flush();
    if (result.sound()) {
      Folders.delete(folder);
      return DONE;
    }
    say(result.faults());
    say("store and logs are kept in " + folder);
    return FAILED;
  }
}
