package dev.whileaway.ops.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What all commands share: where they print, and what they answer to the shell.
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExamples:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed: no answer, or it could not be done",
      "2:bad input: a flag, a file, the configuration or a field"
    })
abstract class ShellCommand {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;

  /// Set before a command runs.
  @Spec private @Nullable CommandSpec spec;

  final CommandLine shell() {
    return Objects.requireNonNull(spec, "expected to run as a command").commandLine();
  }

  final PrintWriter out() {
    return shell().getOut();
  }

  /// A line for whoever waits; stdout is for answers.
  final void say(String line) {
    shell().getErr().println(line);
    shell().getErr().flush();
  }
}
