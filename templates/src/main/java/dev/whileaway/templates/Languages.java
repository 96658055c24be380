package dev.whileaway.templates;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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
    var texts = new LinkedHashMap<String, Texts>();
    for (Locale language : rules.languages()) {
      texts.put(language.toLanguageTag(), TextsFile.load(files, language, keys, texts));
    }
    Texts byDefault = Objects.requireNonNull(texts.get(rules.defaultLanguage().toLanguageTag()));
    for (Texts each : texts.values()) {
      TextsFile.checkLabels(each, byDefault);
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
