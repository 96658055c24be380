package dev.whileaway.ops.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
    })
public final class Whileaway extends ShellCommand implements Runnable {

  /// The program, ready to be given arguments.
  ///
  /// @param arguments if the first is a command, no other is made ready: to look through the
  ///   options of all takes a good part of a start
  public static CommandLine commandLine(String... arguments) {
    Map<String, Class<?>> commands = commands();
    if (arguments.length > 0 && commands.containsKey(arguments[0])) {
      commands.keySet().retainAll(Set.of(arguments[0]));
    }
    var program = new CommandLine(new Whileaway());
    commands.forEach(program::addSubcommand);
    return program
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

  /// By their names, in the order in which the help shows them.
  private static Map<String, Class<?>> commands() {
    var commands = new LinkedHashMap<String, Class<?>>();
    commands.put("serve", ServeCommand.class);
    commands.put("demo", DemoCommand.class);
    commands.put("replay", ReplayCommand.class);
    commands.put("simulate", SimulateCommand.class);
    commands.put("bench", BenchCommand.class);
    commands.put("crash-test", CrashTestCommand.class);
    commands.put("fake-provider", FakeProviderCommand.class);
    commands.put("report", ReportCommand.class);
    commands.put("visit", VisitCommand.class);
    commands.put("profile", ProfileCommand.class);
    commands.put("why", WhyCommand.class);
    commands.put("watch", WatchCommand.class);
    commands.put("suppression", SuppressionCommand.class);
    commands.put("preview", PreviewCommand.class);
    commands.put("version", VersionCommand.class);
    return commands;
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
