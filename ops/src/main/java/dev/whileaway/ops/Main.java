package dev.whileaway.ops;

import dev.whileaway.ops.cli.Whileaway;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Where the program starts.
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    // gRPC logs by java.util.logging; one place decides what is shown.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(Whileaway.commandLine(args).execute(args));
  }
}
