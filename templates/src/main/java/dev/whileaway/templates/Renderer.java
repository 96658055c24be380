package dev.whileaway.templates;

/// Turns a digest into what a user sees. Safe for use by many threads.
public interface Renderer {

  /// The grouped push, or the single-type one if there is one group.
  PushText push(DigestContent digest);

  /// The grouped e-mail, or the type's own if there is one group.
  MailText mail(DigestContent digest);
}
