package dev.whileaway.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads the texts of one language and checks them against what the catalogue needs: no key may be
/// missing, none left over, in any language.
final class TextsFile {

  private static final String LABELS = "labels";

  private final String file;
  private final Map<String, TextKey> keys;
  private final MessageCompiler compiler;
  private final Map<String, List<Map<String, Message>>> phrases = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private TextsFile(String file, Map<String, TextKey> keys, MessageCompiler compiler) {
    this.file = file;
    this.keys = keys;
    this.compiler = compiler;
  }

  static Texts load(TemplateFiles files, Locale language, Map<String, TextKey> keys)
      throws TemplateException {
    String file = "texts/" + language.toLanguageTag() + ".yaml";
    var texts = new TextsFile(file, keys, new MessageCompiler(language));
    return texts.read(language, YamlNode.parse(file, files.read(file)));
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

  private Texts read(Locale language, YamlNode root) throws TemplateException {
    YamlFields fields = root.fields();
    Map<String, Message> labels = labels(fields.take(LABELS));
    for (var entry : fields.takeRest().entrySet()) {
      descend(entry.getKey(), entry.getValue(), fields.lineOf(entry.getKey()));
    }
    for (TextKey key : keys.values()) {
      if (!phrases.containsKey(key.path())) {
        throw TemplateException.at(file, nearestLine(key.path()), "a text " + key.path(), "none");
      }
    }
    return new Texts(language, compiler.numbers(), Map.copyOf(phrases), labels);
  }

  private Map<String, Message> labels(YamlNode node) throws TemplateException {
    var labels = new LinkedHashMap<String, Message>();
    for (var entry : node.fields().takeRest().entrySet()) {
      labels.put(
          entry.getKey(), compiler.compile(entry.getValue(), Set.of("events"), TextKey.COMMON));
    }
    return labels;
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

  private List<Map<String, Message>> variants(TextKey key, YamlNode node) throws TemplateException {
    var variants = new ArrayList<Map<String, Message>>();
    for (YamlNode variant : node.isList() ? node.list() : List.of(node)) {
      variants.add(
          key.fields().isEmpty()
              ? Map.of(Texts.ONLY, compiler.compile(variant, key.counts(), key.words()))
              : fields(key, variant));
    }
    return List.copyOf(variants);
  }

  private Map<String, Message> fields(TextKey key, YamlNode variant) throws TemplateException {
    YamlFields fields = variant.fields();
    var messages = new LinkedHashMap<String, Message>();
    for (String field : key.fields()) {
      messages.put(field, compiler.compile(fields.take(field), key.counts(), key.words()));
    }
    fields.finish();
    return messages;
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
