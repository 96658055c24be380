package dev.whileaway.worker.deliver;

import java.io.IOException;
import java.time.InstantSource;

/// The configured channels, open: what is not configured writes files.
public final class DeliveryChannels implements AutoCloseable {

  /// @throws IOException if a key file cannot be read, or the folder for files not be made; the
  ///   message names it
  public static DeliveryChannels open(DeliverySettings settings, InstantSource clock)
      throws IOException {
    throw new UnsupportedOperationException("stub");
  }

  /// Sends to any device; one that no configured provider serves is [Outcome.Rejected] or, where
  /// nothing is configured for its platform, written as a file.
  public PushSender push() {
    throw new UnsupportedOperationException("stub");
  }

  public MailSender mail() {
    throw new UnsupportedOperationException("stub");
  }

  @Override
  public void close() {}
}
