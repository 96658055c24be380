package dev.whileaway.aggregator.raft;

/// A data folder cannot be used as it is. The message names the folder, what was expected, what was
/// found, and what to do.
public final class StoreRefusedException extends Exception {

  public StoreRefusedException(String message) {
    super(message);
  }

  /// @param cause for the log
  public StoreRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
