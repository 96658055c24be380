package dev.whileaway.ops.cli;

import picocli.CommandLine.Command;

@Command(name = "demo")
final class DemoCommand extends ShellCommand implements Runnable {
  @Override
  public void run() {}
}
