package dev.whileaway.templates;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The catalogue and the renderer, as loaded from a folder of templates.
public record Templates(Catalogue catalogue, Renderer renderer) {

  /// Loads the templates that come with Whileaway.
  public static Templates standard() {
    try {
      return load(TemplateFiles.onClassPath());
    } catch (TemplateException e) {
      throw new IllegalStateException("expected the standard templates to load", e);
    }
  }

  /// Loads a folder with the same layout as the standard one. Everything is compiled and rendered
  /// once with sample data, so that what is broken is found here.
  ///
  /// @throws TemplateException naming file, line, what was expected and what was found
  public static Templates load(Path folder) throws TemplateException {
    return load(TemplateFiles.in(folder));
  }

  private static Templates load(TemplateFiles files) throws TemplateException {
    DigestRules rules = CatalogueFile.parse(files.read(CatalogueFile.NAME));
    Map<String, Texts> texts = texts(files, rules);
    Layouts layouts = Layouts.load(files, rules);
    var renderer = new StandardRenderer(rules, texts, layouts);
    new SelfCheck(rules, renderer, layouts).run();
    return new Templates(rules.catalogue(), renderer);
  }

  private static Map<String, Texts> texts(TemplateFiles files, DigestRules rules)
      throws TemplateException {
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
    return texts;
  }
}
