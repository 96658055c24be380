package dev.whileaway.templates;

import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Pages by the rules, texts and layouts of one folder. Immutable.
final class StandardPages implements Pages {

  private static final String PREFERENCES = "preferences";

  private static final List<String> SAID = List.of("title", "text");
  private static final List<String> ASKED = List.of("title", "text", "button");
  private static final List<String> CHOSEN =
      List.of("title", "text", "button", "saved", "channels", "push", "email", "about", "language");

  /// Pages have no variants to choose from.
  private static final String NO_DIGEST = "";

  private final DigestRules rules;
  private final Languages languages;
  private final Layout saying;
  private final Layout choosing;

  private StandardPages(DigestRules rules, Languages languages, Layout saying, Layout choosing) {
    this.rules = rules;
    this.languages = languages;
    this.saying = saying;
    this.choosing = choosing;
  }

  /// Empty: a problem was found.
  ///
  /// @param languages asked for nothing yet: they may have problems of their own
  static Optional<StandardPages> load(
      TemplateFiles files, DigestRules rules, Languages languages, Problems problems) {
    var saying = layout(files, "page.html", problems);
    var choosing = layout(files, PREFERENCES + ".html", problems);
    return saying.isEmpty() || choosing.isEmpty()
        ? Optional.empty()
        : Optional.of(new StandardPages(rules, languages, saying.get(), choosing.get()));
  }

  private static Optional<Layout> layout(TemplateFiles files, String name, Problems problems) {
    return problems.read(() -> Layout.page(LayoutSource.read(files, Layouts.FOLDER + name)));
  }

  /// Renders each page once in each language.
  void check(Problems problems) {
    for (Locale language : rules.languages()) {
      Texts texts = languages.texts(language);
      for (Page page : Page.values()) {
        problems.attempt(() -> saying.check(view(page, texts, ""), language));
      }
      for (boolean on : new boolean[] {true, false}) {
        var types = rules.types().keySet();
        var choices = new Choices(on, on, types, on ? Set.of() : types, on);
        problems.attempt(() -> choosing.check(view(choices, texts), language));
      }
    }
  }

  /// The texts that pages need.
  static List<TextKey> keys() {
    return List.of(
        key(Page.UNSUBSCRIBE.key(), ASKED),
        key(Page.UNSUBSCRIBED.key(), SAID),
        key(Page.GONE.key(), SAID),
        key(Page.REFUSED.key(), SAID),
        key(Page.LATER.key(), SAID),
        key(PREFERENCES, CHOSEN));
  }

  private static TextKey key(String page, List<String> fields) {
    return new TextKey(path(page), fields, Placeholders.of(Set.of(), Set.of("product")));
  }

  private static String path(String page) {
    return "pages." + page;
  }

  @Override
  public List<Locale> languages() {
    return rules.languages();
  }

  @Override
  public Set<String> types() {
    return rules.types().keySet();
  }

  @Override
  public Locale nearest(Locale locale) {
    return languages.texts(locale).language();
  }

  @Override
  public String html(Page page, Locale locale, String preferencesUrl) {
    Texts texts = languages.texts(locale);
    return saying.render(view(page, texts, preferencesUrl), texts.language());
  }

  @Override
  public String preferences(Choices choices, Locale locale) {
    Texts texts = languages.texts(locale);
    return choosing.render(view(choices, texts), texts.language());
  }

  private Map<String, Object> view(Page page, Texts texts, String preferencesUrl) {
    Map<String, Object> view = common(page.key(), texts);
    view.putIfAbsent("button", "");
    view.put("preferences_url", preferencesUrl);
    view.put("labels", texts.labels(labelArguments()));
    return view;
  }

  private Map<String, Object> view(Choices choices, Texts texts) {
    Map<String, Object> view = common(PREFERENCES, texts);
    view.put("choices", Map.of("push", choices.push(), "email", choices.email()));
    view.put("was_saved", choices.saved());
    view.put(
        "types",
        rules.types().keySet().stream()
            .filter(choices.types()::contains)
            .map(type ->
                Map.of(
                    "name",
                    type,
                    "label",
                    texts.say("types." + type + ".name", NO_DIGEST, Map.of()),
                    "on",
                    !choices.muted().contains(type)))
            .toList());
    view.put(
        "languages",
        rules.languages().stream()
            .map(language ->
                Map.of(
                    "tag",
                    language.toLanguageTag(),
                    "label",
                    ownName(language),
                    "on",
                    language.equals(texts.language())))
            .toList());
    return view;
  }

  private Map<String, Object> common(String page, Texts texts) {
    var product = rules.product();
    var view = new HashMap<String, Object>();
    view.put("lang", texts.language().toLanguageTag());
    view.put("direction", texts.isRightToLeft() ? "rtl" : "ltr");
    view.put(
        "product",
        Map.of("name", product.name(), "url", product.web(), "accent", product.accent()));
    view.putAll(texts.phrase(path(page), NO_DIGEST, Map.of("product", product.name())));
    return view;
  }

  private Map<String, Object> labelArguments() {
    return Map.of("product", rules.product().name(), "recipient", "", "named", "no", "events", 0);
  }

  /// As its speakers call it.
  private static String ownName(Locale language) {
    return LocaleDisplayNames.getInstance(
            ULocale.forLocale(language), DisplayContext.CAPITALIZATION_FOR_UI_LIST_OR_MENU)
        .localeDisplayName(language);
  }
}
