package dev.whileaway.testkit.smtp;

import java.time.Duration;

/// What the fake server does with a mail to an address.
public sealed interface SmtpBehaviour {

  /// Takes it.
  SmtpBehaviour ACCEPT = new Accept();

  /// Takes the recipient and the mail, then closes the connection where the answer to the final dot
  /// is due. The mail is remembered.
  SmtpBehaviour CLOSE_AFTER_DOT = new CloseAfterDot();

  /// Closes the connection in the middle of the message, before its final dot.
  SmtpBehaviour CLOSE_IN_DATA = new CloseInData();

  /// Closes the connection instead of answering RCPT TO.
  SmtpBehaviour CLOSE_AT_RECIPIENT = new CloseAtRecipient();

  /// Answers RCPT TO with a refusal.
  ///
  /// @param text begins with the enhanced status, if the server has one: `5.1.1 No such user`
  static SmtpBehaviour refuseRecipient(int code, String text) {
    return new RefuseRecipient(code, text);
  }

  /// Answers the final dot with a refusal.
  static SmtpBehaviour refuseData(int code, String text) {
    return new RefuseData(code, text);
  }

  /// Takes it, and answers the final dot after a real delay.
  static SmtpBehaviour delay(Duration delay) {
    return new Delay(delay);
  }

  record Accept() implements SmtpBehaviour {}

  record CloseAfterDot() implements SmtpBehaviour {}

  record CloseInData() implements SmtpBehaviour {}

  record CloseAtRecipient() implements SmtpBehaviour {}

  record RefuseRecipient(int code, String text) implements SmtpBehaviour {}

  record RefuseData(int code, String text) implements SmtpBehaviour {}

  record Delay(Duration delay) implements SmtpBehaviour {}
}
