package dev.whileaway.templates;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;

/// The compiled layouts, for each direction in which languages run. Immutable.
final class Layouts {

  /// Of a mail about several types.
  static final String GROUPED = "grouped";

  /// The two parts of a mail.
  record Pair(Layout html, Layout text) {}

  private final Map<String, Pair> pairs;

  private Layouts(Map<String, Pair> pairs) {
    this.pairs = Map.copyOf(pairs);
  }

  static Layouts load(TemplateFiles files, DigestRules rules) throws TemplateException {
    var names = new LinkedHashSet<String>();
    names.add(GROUPED);
    rules.types().values().forEach(type -> names.add(type.layout()));
    var pairs = new HashMap<String, Pair>();
    for (String name : names) {
      var html = LayoutSource.read(files, "layouts/" + name + ".mjml");
      var text = Layout.text(LayoutSource.read(files, "layouts/" + name + ".txt"));
      for (Locale language : rules.languages()) {
        boolean rightToLeft = Texts.isRightToLeft(language);
        if (!pairs.containsKey(key(name, rightToLeft))) {
          pairs.put(key(name, rightToLeft), new Pair(Layout.html(html, rightToLeft), text));
        }
      }
    }
    return new Layouts(pairs);
  }

  Pair of(String name, Locale language) {
    Pair pair = pairs.get(key(name, Texts.isRightToLeft(language)));
    if (pair == null) {
      throw new IllegalStateException("expected a layout " + name + ", but found none");
    }
    return pair;
  }

  private static String key(String name, boolean rightToLeft) {
    return name + (rightToLeft ? " rtl" : " ltr");
  }
}
