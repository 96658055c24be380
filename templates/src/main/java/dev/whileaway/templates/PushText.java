package dev.whileaway.templates;

/// A push as a phone shows it.
///
/// @param title for platforms that show title and body (Android)
/// @param body goes with `title`
/// @param longBody for platforms that show one body (iOS)
/// @param link what a tap opens; empty: the app
/// @param badge events that wait
public record PushText(String title, String body, String longBody, String link, int badge) {

  /// The same with shorter bodies, for a provider that takes no more. It is cut between what a
  /// reader sees as letters, never inside an emoji, and ends with an ellipsis.
  ///
  /// @param lettersMax of each body, the ellipsis among them; 0: no body is left
  public PushText shortened(int lettersMax) {
    return new PushText(title, cut(body, lettersMax), cut(longBody, lettersMax), link, badge);
  }

  private static String cut(String text, int lettersMax) {
    return lettersMax == 0 ? "" : PlainText.cut(text, lettersMax, Integer.MAX_VALUE);
  }
}
