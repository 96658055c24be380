package dev.whileaway.templates;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The compiled layouts, for each direction in which languages run. Immutable.
final class Layouts {

  /// Of a mail about several types.
  static final String GROUPED = "grouped";

  static final String FOLDER = "layouts/";

  /// The two parts of a mail.
  record Pair(Layout html, Layout text) {}

  private final Map<String, Pair> pairs;

  private Layouts(Map<String, Pair> pairs) {
    this.pairs = Map.copyOf(pairs);
  }

  /// @param problems of the layouts; if there are any, what is returned lacks some
  static Layouts load(TemplateFiles files, DigestRules rules, Problems problems) {
    var names = new LinkedHashSet<String>();
    names.add(GROUPED);
    rules.types().values().forEach(type -> names.add(type.layout()));
    Set<Boolean> directions =
        rules.languages().stream().map(Texts::isRightToLeft).collect(Collectors.toSet());
    var pairs = new HashMap<String, Pair>();
    for (String name : names) {
      var html = problems.read(() -> LayoutSource.read(files, FOLDER + name + ".mjml"));
      var text = problems.read(() -> Layout.text(LayoutSource.read(files, FOLDER + name + ".txt")));
      if (html.isEmpty()) {
        continue;
      }
      for (boolean rightToLeft : directions) {
        var page = problems.read(() -> Layout.html(html.get(), rightToLeft));
        if (page.isPresent() && text.isPresent()) {
          pairs.put(key(name, rightToLeft), new Pair(page.get(), text.get()));
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
