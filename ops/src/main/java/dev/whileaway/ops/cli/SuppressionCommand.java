package dev.whileaway.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// `./whileaway suppression`.
@Command(
    name = "suppression",
    description = {
      "Shows or changes the suppression list: addresses that are never mailed again, because the"
          + " mailbox is dead, its owner complained, or an operator wanted it."
    },
    footer = {
      "  ./whileaway suppression list",
      "  ./whileaway suppression add anna@example.com --detail \"asked by phone\"",
      "  ./whileaway suppression remove anna@example.com"
    },
    subcommands = {
      SuppressionListCommand.class,
      SuppressionAddCommand.class,
      SuppressionRemoveCommand.class
    })
final class SuppressionCommand extends ShellCommand implements Runnable {

  @Override
  public void run() {
    throw new ParameterException(shell(), "expected list, add or remove, but found none of them");
  }
}
