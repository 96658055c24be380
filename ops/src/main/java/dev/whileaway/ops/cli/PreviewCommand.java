package dev.whileaway.ops.cli;

import picocli.CommandLine.Command;

@Command(name = "preview")
final class PreviewCommand extends ShellCommand implements Runnable {
  @Override
  public void run() {}
}
