package dev.whileaway.ops.preview;

import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.Pages;
import dev.whileaway.templates.Pages.Choices;
import dev.whileaway.templates.Pages.Page;
import dev.whileaway.templates.Renderer;
import dev.whileaway.templates.Samples;
import dev.whileaway.templates.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;

/// What there is to look at of templates in one language.
public final class Previews {

  /// Where the pages' own links lead to.
  private static final String CHOOSE = "#preferences";

  private final Templates templates;
  private final Locale locale;
  private final Renderer renderer;
  private final String suffix;

  private Previews(Templates templates, Locale locale, Renderer renderer, String suffix) {
    this.templates = templates;
    this.locale = locale;
    this.renderer = renderer;
    this.suffix = suffix;
  }

  /// Each digest in the variants that its id chooses.
  public static Previews of(Templates templates, Locale locale) {
    return new Previews(templates, locale, templates.renderer(), "");
  }

  /// All by one variant, whose number stands at the end of the names.
  ///
  /// @param number from 1; a text that has fewer variants shows its last
  public Previews variant(int number) {
    return new Previews(templates, locale, templates.proofs().variant(number), "-" + number);
  }

  /// By the name of the sample or page. Together, and by every variant, they show every text.
  public SequencedMap<String, List<Preview>> samples() {
    var previews = new LinkedHashMap<String, List<Preview>>();
    Samples.of(templates.catalogue(), locale)
        .forEach((name, digest) -> previews.put(name, of(name, digest)));
    for (Page page : Page.values()) {
      String name = page.name().toLowerCase(Locale.ROOT);
      previews.put(name, List.of(page(name, pages().html(page, locale, choose(page)))));
    }
    for (boolean saved : new boolean[] {false, true}) {
      String name = saved ? "preferences-saved" : "preferences";
      var choices = new Choices(true, true, pages().types(), Set.of(), saved);
      previews.put(name, List.of(page(name, pages().preferences(choices, locale))));
    }
    return previews;
  }

  /// One digest by both channels.
  public List<Preview> of(String name, DigestContent digest) {
    // Which is not always the one that was asked for.
    Locale language = pages().nearest(digest.locale());
    return List.of(
        Preview.push(name + suffix, renderer.push(digest), language),
        Preview.mail(name + suffix, renderer.mail(digest)));
  }

  private Preview page(String name, String html) {
    return Preview.page(name + suffix, html);
  }

  /// Whoever is known may choose.
  private static String choose(Page page) {
    return switch (page) {
      case UNSUBSCRIBE, UNSUBSCRIBED -> CHOOSE;
      case GONE, REFUSED, LATER -> "";
    };
  }

  private Pages pages() {
    return templates.pages();
  }
}
