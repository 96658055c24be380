package dev.whileaway.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// `./whileaway profile`.
@Command(
    name = "profile",
    description = "Stores or shows what is known of users: name, language, zone, addresses.",
    footer = {
      "  ./whileaway profile put anna --name Anna --email anna@example.com --locale en",
      "  ./whileaway profile get anna"
    },
    subcommands = {ProfilePutCommand.class, ProfileGetCommand.class})
final class ProfileCommand extends ShellCommand implements Runnable {

  @Override
  public void run() {
    throw new ParameterException(shell(), "expected put or get, but found neither");
  }
}
