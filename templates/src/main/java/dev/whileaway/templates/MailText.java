package dev.whileaway.templates;

/// An e-mail as a mailbox shows it.
///
/// @param subject one line
/// @param html a whole page
/// @param text the same for those who read plain text
/// @param oneClick where a POST alone ends the user's mails (RFC 8058); empty: nowhere
public record MailText(String subject, String html, String text, String oneClick) {

  /// Without one-click unsubscribing.
  public MailText(String subject, String html, String text) {
    this(subject, html, text, "");
  }
}
