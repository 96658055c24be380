package dev.whileaway.templates;

import dev.whileaway.templates.DigestRules.Combination;
import dev.whileaway.templates.DigestRules.Product;
import dev.whileaway.templates.DigestRules.TypeRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `catalogue.yaml`. Strict: whatever it does not know is refused.
final class CatalogueFile {

  static final String NAME = "catalogue.yaml";

  private static final Pattern TYPE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Pattern MEMBER = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern LAYOUT = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Set<String> PLACEHOLDERS = Set.of("recipient", "digest");
  private static final Set<String> PLACEHOLDERS_TO_ONE = Set.of("recipient", "digest", "sender");

  /// White letters on the accent must be readable: WCAG 2.2, 1.4.3 (AA).
  private static final double CONTRAST_MIN = 4.5;

  private CatalogueFile() {}

  /// @param problems of the file, in which others may be already
  /// @throws TemplateException that tells all of them
  static DigestRules parse(String content, Problems problems) throws TemplateException {
    YamlFields fields = YamlNode.parse(NAME, content).fields();
    var product = problems.read(() -> product(fields.take("product").fields()));
    var languages = problems.read(() -> languages(fields.take("languages")));
    var types = problems.read(() -> types(fields.take("types"), problems)).orElse(Map.of());
    List<Combination> combinations = new ArrayList<>();
    var groups = fields.takeIfPresent("groups");
    // Where a type is wrong, nothing can be said of who names it.
    if (groups.isPresent() && problems.isEmpty()) {
      problems.attempt(() -> combinations.addAll(combinations(groups.get(), types)));
    }
    problems.attempt(fields::finish);
    problems.refuse();
    return new DigestRules(
        product.orElseThrow(), languages.orElseThrow(), types, List.copyOf(combinations));
  }

  private static Product product(YamlFields fields) throws TemplateException {
    YamlNode accent = fields.take("accent");
    var product =
        new Product(
            PlainText.line(fields.take("name").text()),
            Link.parseWebBase(fields.take("web")),
            Link.parseAppBase(fields.take("app")),
            accent.text(COLOUR, "a colour such as #4650c8"),
            Link.parse(fields.take("home"), PLACEHOLDERS),
            Link.parse(fields.take("preferences"), PLACEHOLDERS),
            Link.parse(fields.take("unsubscribe"), PLACEHOLDERS));
    fields.finish();
    if (contrastWithWhite(product.accent()) < CONTRAST_MIN) {
      throw accent.refuse("a colour on which white text is readable", product.accent());
    }
    return product;
  }

  private static double contrastWithWhite(String colour) {
    double luminance = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      luminance +=
          weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return 1.05 / (luminance + 0.05);
  }

  private static List<Locale> languages(YamlNode node) throws TemplateException {
    var languages = new LinkedHashSet<Locale>();
    for (YamlNode entry : node.list()) {
      try {
        if (!languages.add(new Locale.Builder().setLanguageTag(entry.text()).build())) {
          throw entry.refuse("each language once", "'" + entry.text() + "' again");
        }
      } catch (IllformedLocaleException e) {
        throw entry.refuse("a language tag such as en or pt-BR", "'" + entry.text() + "'");
      }
    }
    return List.copyOf(languages);
  }

  private static Map<String, TypeRules> types(YamlNode node, Problems problems)
      throws TemplateException {
    YamlFields fields = node.fields();
    var types = new LinkedHashMap<String, TypeRules>();
    var ids = new HashSet<Integer>();
    var expiries = new LinkedHashMap<YamlNode, Duration>();
    for (var entry : fields.takeRest().entrySet()) {
      String name = entry.getKey();
      problems.attempt(() -> {
        if (!TYPE_NAME.matcher(name).matches()) {
          throw TemplateException.at(
              NAME, fields.lineOf(name), "lower-case letters, digits and dashes", "'" + name + "'");
        }
        YamlFields type = entry.getValue().fields();
        YamlNode id = type.take("id");
        if (!ids.add(id.number(1, 65_535))) {
          throw id.refuse("an id of its own", id.text() + " again");
        }
        YamlNode expiry = type.take("expires-after");
        expiries.put(expiry, expiry.duration());
        types.put(name, type(name, id, expiry.duration(), type));
      });
    }
    problems.refuse();
    if (types.isEmpty()) {
      throw node.refuse("at least one type", "none");
    }
    refuseShortExpiry(types, expiries);
    return types;
  }

  private static TypeRules type(String name, YamlNode id, Duration expiry, YamlFields fields)
      throws TemplateException {
    var type =
        new EventType(
            id.number(1, 65_535),
            name,
            fields.take("urgent").flag(),
            fields.take("window").duration(),
            expiry);
    var members = new LinkedHashSet<String>();
    var declared = fields.takeIfPresent("members");
    if (declared.isPresent()) {
      for (YamlNode member : declared.get().list()) {
        members.add(member.text(MEMBER, "lower-case letters, digits and underscores"));
      }
    }
    var excerptNode = fields.takeIfPresent("excerpt");
    String excerpt = excerptNode.isPresent() ? excerptNode.get().text() : "";
    if (excerptNode.isPresent() && !members.contains(excerpt)) {
      throw excerptNode.get().refuse("one of the members " + members, "'" + excerpt + "'");
    }
    var rules =
        new TypeRules(
            type,
            Link.parse(fields.take("link"), PLACEHOLDERS),
            Link.parse(fields.take("link-to-one"), PLACEHOLDERS_TO_ONE),
            excerpt,
            Set.copyOf(members),
            fields.take("layout").text(LAYOUT, "the name of a layout"),
            fields.take("rows").number(1, 100));
    fields.finish();
    return rules;
  }

  /// An event must outlive every window, or it could end untold while its backlog gathers: TRAPS
  /// 19.
  private static void refuseShortExpiry(
      Map<String, TypeRules> types, Map<YamlNode, Duration> expiries) throws TemplateException {
    Duration longest =
        types.values().stream()
            .map(rules -> rules.type().window())
            .max(Duration::compareTo)
            .orElseThrow();
    for (var expiry : expiries.entrySet()) {
      if (expiry.getValue().compareTo(longest) <= 0) {
        throw expiry
            .getKey()
            .refuse(
                "more than the longest window, " + longest.toSeconds() + "s",
                expiry.getKey().text());
      }
    }
  }

  private static List<Combination> combinations(YamlNode node, Map<String, TypeRules> types)
      throws TemplateException {
    YamlFields fields = node.fields();
    var combinations = new ArrayList<Combination>();
    var seen = new HashSet<Set<String>>();
    for (var entry : fields.takeRest().entrySet()) {
      if (!TYPE_NAME.matcher(entry.getKey()).matches() || entry.getKey().equals("any")) {
        throw TemplateException.at(
            NAME, fields.lineOf(entry.getKey()), "a group's name", "'" + entry.getKey() + "'");
      }
      var members = new LinkedHashSet<String>();
      for (YamlNode member : entry.getValue().list()) {
        if (!types.containsKey(member.text())) {
          throw member.refuse("one of the types " + types.keySet(), "'" + member.text() + "'");
        }
        members.add(member.text());
      }
      if (members.size() < 2 || !seen.add(members)) {
        throw entry.getValue().refuse("two or more types, together only once", members.toString());
      }
      combinations.add(new Combination(entry.getKey(), Set.copyOf(members)));
    }
    return combinations;
  }
}
