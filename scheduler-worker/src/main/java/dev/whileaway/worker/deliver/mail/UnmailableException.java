package dev.whileaway.worker.deliver.mail;

/// No mail can be made for this address.
public final class UnmailableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  UnmailableException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /// Why, for the ledger.
  public String reason() {
    return reason;
  }
}
