package dev.whileaway.ops.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// `./whileaway` itself: the list of commands, and what happens to errors.
@Command(
    name = "whileaway",
    description =
        "Gathers what happens to users while they are away, and tells it once:"
            + " a grouped push, then one e-mail digest.",
    versionProvider = VersionCommand.Provider.class,
    footerHeading = "%nStart here:%n",
    footer = {
      "  ./whileaway demo --for 60s",
      "  ./whileaway serve --data /var/lib/whileaway",
      "  ./whileaway COMMAND --help"
    },
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      SimulateCommand.class,
      BenchCommand.class,
      CrashTestCommand.class,
      FakeProviderCommand.class,
      ReportCommand.class,
      VisitCommand.class,
      ProfileCommand.class,
      WhyCommand.class,
      WatchCommand.class,
      SuppressionCommand.class,
      PreviewCommand.class,
      VersionCommand.class
    })
public final class Whileaway extends ShellCommand implements Runnable {

  /// The program, ready to be given arguments.
  public static CommandLine commandLine() {
    return new CommandLine(new Whileaway())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> {
          String command = e.getCommandLine().getCommandSpec().qualifiedName();
          String problem = e.getMessage() + " (see `" + command + " --help`)";
          return complain(e.getCommandLine(), problem.replace('\n', ' '), BAD_INPUT);
        })
        .setExecutionExceptionHandler((e, commandLine, result) -> {
          if (e instanceof CommandFailure failure) {
            return complain(commandLine, failure.line(), failure.exitCode());
          }
          // Not expected: the trace is for whoever mends it.
          e.printStackTrace(commandLine.getErr());
          return FAILED;
        });
  }

  @Override
  public void run() {
    throw new ParameterException(shell(), "expected a command, but found none");
  }

  private static int complain(CommandLine commandLine, String message, int exitCode) {
    commandLine.getErr().println("whileaway: " + message);
    return exitCode;
  }
}
