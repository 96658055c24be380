package dev.whileaway.ops.crash;

/// The suite could not go on: a server did not start, or never became quiet.
public final class CrashException extends Exception {

  private static final long serialVersionUID = 1L;

  CrashException(String message) {
    super(message);
  }

  CrashException(String message, Throwable cause) {
    super(message, cause);
  }
}
