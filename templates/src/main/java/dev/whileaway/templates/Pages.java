package dev.whileaway.templates;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The pages behind the links of mails, in the words and the look of the mails. Safe for use by
/// many threads.
public interface Pages {

  /// What a page that only says something is about.
  enum Page {
    /// Asks whether to unsubscribe.
    UNSUBSCRIBE,
    /// It is done.
    UNSUBSCRIBED,
    /// The user has no account any more.
    GONE,
    /// The link is none of ours.
    REFUSED,
    /// Nothing was changed, and it may be later.
    LATER;

    /// Its texts lie below `pages` under this name.
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a user wants to be told, as the page shows it.
  ///
  /// @param types names of those that can be chosen
  /// @param muted names of those that are off
  /// @param saved whether to say that it was saved
  record Choices(
      boolean push, boolean email, Set<String> types, Set<String> muted, boolean saved) {}

  /// The languages that there are; the first speaks to everybody else.
  List<Locale> languages();

  /// The types that can be chosen.
  Set<String> types();

  /// The one of [#languages] that speaks to a user of this locale.
  Locale nearest(Locale locale);

  /// A whole page of HTML, in the nearest language that there is.
  ///
  /// @param preferencesUrl where the user can choose; empty: no link is shown
  String html(Page page, Locale locale, String preferencesUrl);

  /// A whole page of HTML: a form that posts to its own address `push`, `email` and `type` (those
  /// that are on) and `language`.
  String preferences(Choices choices, Locale locale);
}
