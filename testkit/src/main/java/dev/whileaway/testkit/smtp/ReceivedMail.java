package dev.whileaway.testkit.smtp;

import java.nio.charset.StandardCharsets;

/// A mail as it came over the wire.
///
/// @param from the envelope's sender
/// @param to the envelope's recipient
/// @param encrypted it came after STARTTLS
/// @param login who had logged in; empty: nobody
/// @param raw the message, headers and body; not to be changed
@SuppressWarnings("ArrayRecordComponent") // A message is compared by nobody, and copied by none.
public record ReceivedMail(String from, String to, boolean encrypted, String login, byte[] raw) {

  /// The message as text.
  public String text() {
    return new String(raw, StandardCharsets.UTF_8);
  }
}
