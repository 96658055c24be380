package dev.whileaway.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads the texts of one language and checks them against what the catalogue needs: no key may be
/// missing, none left over, in any language. A file may name another language with `rest`, in which
/// then is said what it does not say itself.
final class TextsFile {

  private static final String LABELS = "labels";
  private static final String REST = "rest";

  private final String file;
  private final Map<String, TextKey> keys;
  private final MessageCompiler compiler;
  private final Map<String, List<Map<String, Text>>> phrases = new LinkedHashMap<>();
  private final Map<String, Text> labels = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private TextsFile(String file, Map<String, TextKey> keys, MessageCompiler compiler) {
    this.file = file;
    this.keys = keys;
    this.compiler = compiler;
  }

  /// @param before the languages that the file may name with `rest`, by tag
  static Texts load(
      TemplateFiles files, Locale language, Map<String, TextKey> keys, Map<String, Texts> before)
      throws TemplateException {
    String file = "texts/" + language.toLanguageTag() + ".yaml";
    var texts = new TextsFile(file, keys, new MessageCompiler(language));
    return texts.read(language, YamlNode.parse(file, files.read(file)), before);
  }

  /// Labels are the layouts' own: every language must have those of the default one.
  static void checkLabels(Texts texts, Texts expected) throws TemplateException {
    if (!texts.labels().keySet().equals(expected.labels().keySet())) {
      throw TemplateException.at(
          "texts/" + texts.language().toLanguageTag() + ".yaml",
          1,
          "the labels " + new TreeSet<>(expected.labels().keySet()),
          new TreeSet<>(texts.labels().keySet()).toString());
    }
  }

  private Texts read(Locale language, YamlNode root, Map<String, Texts> before)
      throws TemplateException {
    YamlFields fields = root.fields();
    Optional<YamlNode> rest = fields.takeIfPresent(REST);
    if (rest.isPresent()) {
      takeOver(rest.get(), before);
    }
    Optional<YamlNode> own = fields.takeIfPresent(LABELS);
    if (own.isPresent()) {
      readLabels(own.get());
    }
    for (var entry : fields.takeRest().entrySet()) {
      descend(entry.getKey(), entry.getValue(), fields.lineOf(entry.getKey()));
    }
    for (TextKey key : keys.values()) {
      if (!phrases.containsKey(key.path())) {
        throw TemplateException.at(file, nearestLine(key.path()), "a text " + key.path(), "none");
      }
    }
    return new Texts(language, Map.copyOf(phrases), Map.copyOf(labels));
  }

  private void takeOver(YamlNode rest, Map<String, Texts> before) throws TemplateException {
    Texts texts = before.get(rest.text());
    if (texts == null) {
      throw rest.refuse(
          "a language that the catalogue has before this one, of " + before.keySet(),
          "'" + rest.text() + "'");
    }
    phrases.putAll(texts.phrases());
    labels.putAll(texts.labels());
  }

  private void readLabels(YamlNode node) throws TemplateException {
    for (var entry : node.fields().takeRest().entrySet()) {
      labels.put(entry.getKey(), text(entry.getValue(), Set.of("events"), TextKey.COMMON));
    }
  }

  private void descend(String path, YamlNode node, int line) throws TemplateException {
    TextKey key = keys.get(path);
    if (key != null) {
      phrases.put(path, variants(key, node));
      return;
    }
    if (keys.keySet().stream().noneMatch(known -> known.startsWith(path + "."))) {
      throw TemplateException.at(file, line, "a key that the catalogue needs", "'" + path + "'");
    }
    lines.put(path, line);
    YamlFields fields = node.fields();
    for (var entry : fields.takeRest().entrySet()) {
      descend(path + "." + entry.getKey(), entry.getValue(), fields.lineOf(entry.getKey()));
    }
  }

  private List<Map<String, Text>> variants(TextKey key, YamlNode node) throws TemplateException {
    var variants = new ArrayList<Map<String, Text>>();
    for (YamlNode variant : node.isList() ? node.list() : List.of(node)) {
      variants.add(
          key.fields().isEmpty()
              ? Map.of(Texts.ONLY, text(variant, key.counts(), key.words()))
              : fields(key, variant));
    }
    return List.copyOf(variants);
  }

  private Map<String, Text> fields(TextKey key, YamlNode variant) throws TemplateException {
    YamlFields fields = variant.fields();
    var texts = new LinkedHashMap<String, Text>();
    for (String field : key.fields()) {
      texts.put(field, text(fields.take(field), key.counts(), key.words()));
    }
    fields.finish();
    return texts;
  }

  private Text text(YamlNode node, Set<String> counts, Set<String> words) throws TemplateException {
    return new Text(compiler.compile(node, counts, words), compiler.numbers());
  }

  private int nearestLine(String path) {
    String above = path;
    while (above.contains(".")) {
      above = above.substring(0, above.lastIndexOf('.'));
      Integer line = lines.get(above);
      if (line != null) {
        return line;
      }
    }
    return 1;
  }
}
