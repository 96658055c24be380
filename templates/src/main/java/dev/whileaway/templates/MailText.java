package dev.whileaway.templates;

/// An e-mail as a mailbox shows it.
///
/// @param subject one line
/// @param html a whole page
/// @param text the same for those who read plain text
public record MailText(String subject, String html, String text) {}
