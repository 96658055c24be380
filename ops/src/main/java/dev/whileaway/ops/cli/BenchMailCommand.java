package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.ops.bench.Figures;
import dev.whileaway.ops.bench.MailBench;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;

/// `./whileaway bench mail`.
@Command(
    name = "mail",
    description =
        "Measures how fast mails of 40 KB go out, and what processor time one takes: with and"
            + " without DKIM over eight connections, over one connection, and by the mail library"
            + " as it comes, over one connection without TCP_NODELAY. The server that takes them"
            + " has a process of its own.",
    footer = "  ./whileaway bench mail --seconds 10 --json mail.json")
final class BenchMailCommand extends BenchSends {

  @Override
  Figures measure(WorkFolder folder, Duration warmUp, Duration window)
      throws IOException, InterruptedException {
    return new MailBench(folder, warmUp, window).run();
  }
}
