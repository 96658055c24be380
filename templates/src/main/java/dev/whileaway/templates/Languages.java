package dev.whileaway.templates;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The texts in each language of the catalogue. Immutable.
final class Languages {

  private final Map<String, Texts> textsByTag;
  private final Texts byDefault;

  private Languages(Map<String, Texts> textsByTag, Texts byDefault) {
    this.textsByTag = Map.copyOf(textsByTag);
    this.byDefault = byDefault;
  }

  static Languages load(TemplateFiles files, DigestRules rules) throws TemplateException {
    Map<String, TextKey> keys = TextKey.of(rules);
    Texts byDefault = TextsFile.load(files, rules.defaultLanguage(), keys);
    var texts = new HashMap<String, Texts>();
    for (Locale language : rules.languages()) {
      Texts loaded =
          language.equals(rules.defaultLanguage())
              ? byDefault
              : TextsFile.load(files, language, keys);
      TextsFile.checkLabels(loaded, byDefault);
      texts.put(language.toLanguageTag(), loaded);
    }
    return new Languages(texts, byDefault);
  }

  /// In the nearest language: ru-RU, then ru, then the default.
  Texts texts(Locale locale) {
    for (String tag = locale.toLanguageTag(); ; tag = tag.substring(0, tag.lastIndexOf('-'))) {
      Texts texts = textsByTag.get(tag);
      if (texts != null) {
        return texts;
      }
      if (tag.lastIndexOf('-') < 0) {
        return byDefault;
      }
    }
  }
}
