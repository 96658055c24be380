package dev.whileaway.templates;

import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The pages behind the links of mails, in the words and the look of the mails. Immutable.
public final class Pages {

  /// What a page is about; its texts lie below `pages` under its name.
  public enum Page {
    /// Asks whether to unsubscribe.
    UNSUBSCRIBE("unsubscribe", true),
    /// It is done.
    UNSUBSCRIBED("unsubscribed", false),
    /// The user has no account any more.
    GONE("gone", false),
    /// The link is none of ours.
    REFUSED("refused", false),
    /// Nothing was changed, and it may be later.
    LATER("later", false);

    private final String name;
    private final boolean asks;

    Page(String name, boolean asks) {
      this.name = name;
      this.asks = asks;
    }

    TextKey key() {
      var fields = asks ? List.of("title", "text", "button") : List.of("title", "text");
      return new TextKey("pages." + name, fields, Set.of(), Set.of("product"));
    }
  }

  private static final String LAYOUT = "layouts/page.html";

  /// Pages have no variants to choose from.
  private static final String NO_DIGEST = "";

  private final DigestRules rules;
  private final Languages languages;
  private final Layout layout;

  private Pages(DigestRules rules, Languages languages, Layout layout) {
    this.rules = rules;
    this.languages = languages;
    this.layout = layout;
  }

  /// Renders each page once in each language.
  static Pages load(TemplateFiles files, DigestRules rules, Languages languages)
      throws TemplateException {
    var pages = new Pages(rules, languages, Layout.page(LayoutSource.read(files, LAYOUT)));
    for (Locale language : rules.languages()) {
      for (Page page : Page.values()) {
        pages.layout.check(pages.view(page, languages.texts(language)), language);
      }
    }
    return pages;
  }

  /// A whole page of HTML, in the nearest language that there is.
  public String html(Page page, Locale locale) {
    Texts texts = languages.texts(locale);
    return layout.render(view(page, texts), texts.language());
  }

  private Map<String, Object> view(Page page, Texts texts) {
    var product = rules.product();
    var view = new HashMap<String, Object>();
    view.put("language", texts.language().toLanguageTag());
    view.put("direction", ULocale.forLocale(texts.language()).isRightToLeft() ? "rtl" : "ltr");
    view.put(
        "product",
        Map.of("name", product.name(), "url", product.web(), "accent", product.accent()));
    view.put("button", "");
    view.putAll(texts.phrase(page.key().path(), NO_DIGEST, Map.of("product", product.name())));
    return view;
  }
}
