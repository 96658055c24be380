package dev.whileaway.templates;

import java.util.Locale;

/// An e-mail as a mailbox shows it.
///
/// @param subject one line
/// @param html a whole page
/// @param text the same for those who read plain text
/// @param oneClick where a POST alone ends the user's mails (RFC 8058); empty: nowhere
/// @param language of the texts, which may be another than the user asked for; root: not known
public record MailText(String subject, String html, String text, String oneClick, Locale language) {

  /// Without one-click unsubscribing, in a language that is not known.
  public MailText(String subject, String html, String text) {
    this(subject, html, text, "", Locale.ROOT);
  }
}
