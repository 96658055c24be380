package dev.whileaway.testkit.browser;

/// The browser did not do what it was asked.
public final class BrowserException extends RuntimeException {

  BrowserException(String message) {
    super(message);
  }

  BrowserException(String message, Throwable cause) {
    super(message, cause);
  }
}
