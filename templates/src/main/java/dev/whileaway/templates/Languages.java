package dev.whileaway.templates;

import java.util.LinkedHashMap;
import java.util.List;
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

  /// @param problems of the texts; if there are any, what is returned is good for nothing
  static Languages load(TemplateFiles files, DigestRules rules, Problems problems) {
    Map<String, TextKey> keys = TextKey.of(rules);
    var texts = new LinkedHashMap<String, Texts>();
    for (Locale language : rules.languages()) {
      texts.put(language.toLanguageTag(), TextsFile.load(files, language, keys, texts, problems));
    }
    Texts byDefault = Objects.requireNonNull(texts.get(rules.defaultLanguage().toLanguageTag()));
    if (problems.isEmpty()) {
      texts
          .values()
          .forEach(each -> problems.attempt(() -> TextsFile.checkLabels(each, byDefault)));
    }
    return new Languages(texts, byDefault);
  }

  /// Files of texts that nobody reads, in words.
  static List<String> warnings(TemplateFiles files, DigestRules rules) {
    var listed = rules.languages().stream().map(TextsFile::file).toList();
    return files.names(TextsFile.FOLDER).stream()
        .filter(file -> file.endsWith(TextsFile.ENDING) && !listed.contains(file))
        .map(file ->
            file
                + ": expected its language among those of "
                + CatalogueFile.NAME
                + ", but found "
                + rules.languages().stream().map(Locale::toLanguageTag).toList()
                + "; add it to `languages`, or nobody reads the file")
        .toList();
  }

  /// See [Texts#onlyVariant].
  Languages onlyVariant(int number) {
    var one = new LinkedHashMap<String, Texts>();
    textsByTag.forEach((tag, texts) -> one.put(tag, texts.onlyVariant(number)));
    return new Languages(one, byDefault.onlyVariant(number));
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
