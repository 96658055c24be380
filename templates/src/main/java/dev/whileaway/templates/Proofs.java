package dev.whileaway.templates;

import java.util.Locale;

/// What people look at before anything is sent: each variant of the texts, where a digest would
/// choose one. Immutable.
public final class Proofs {

  private final Languages languages;
  private final StandardRenderer renderer;

  Proofs(Languages languages, StandardRenderer renderer) {
    this.languages = languages;
    this.renderer = renderer;
  }

  /// The most variants that a text has, in the language that speaks to a user of this locale; 1 or
  /// more.
  public int variants(Locale locale) {
    return languages.texts(locale).variants();
  }

  /// Renders every digest by the same variant.
  ///
  /// @param number from 1; a text that has fewer variants shows its last
  public Renderer variant(int number) {
    return renderer.in(languages.onlyVariant(number));
  }
}
