package dev.whileaway.ops.cli;

import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `./whileaway version`.
@Command(
    name = "version",
    description = "Prints the version of Whileaway and of the Java that runs it.",
    footer = "  ./whileaway version")
final class VersionCommand extends ShellCommand implements Runnable {

  @Override
  public void run() {
    out().println(version());
  }

  private static String version() {
    String version =
        Objects.requireNonNullElse(
            VersionCommand.class.getPackage().getImplementationVersion(), "(not packaged)");
    return "whileaway " + version + ", Java " + Runtime.version();
  }

  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {version()};
    }
  }
}
