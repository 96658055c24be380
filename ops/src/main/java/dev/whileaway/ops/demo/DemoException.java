package dev.whileaway.ops.demo;

/// The demo could not be played to its end. The message says why in one line.
public final class DemoException extends Exception {

  DemoException(String message) {
    super(message);
  }
}
