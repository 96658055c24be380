package dev.whileaway.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads the texts of one language and checks them against what the catalogue needs: no key may be
/// missing, none left over, in any language. A file may name another language with `rest`, in which
/// then is said what it does not say itself.
final class TextsFile {

  static final String FOLDER = "texts";
  static final String ENDING = ".yaml";

  private static final String LABELS = "labels";
  private static final String REST = "rest";

  private final String file;
  private final Map<String, TextKey> keys;
  private final MessageCompiler compiler;
  private final Problems problems;
  private final Map<String, List<Map<String, Text>>> phrases = new LinkedHashMap<>();
  private final Map<String, Text> labels = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private TextsFile(
      String file, Map<String, TextKey> keys, MessageCompiler compiler, Problems problems) {
    this.file = file;
    this.keys = keys;
    this.compiler = compiler;
    this.problems = problems;
  }

  /// @param before the languages that the file may name with `rest`, by tag
  /// @param problems of the file; if there are any, what is returned is good for nothing but more
  ///   of them
  static Texts load(
      TemplateFiles files,
      Locale language,
      Map<String, TextKey> keys,
      Map<String, Texts> before,
      Problems problems) {
    String file = file(language);
    var texts = new TextsFile(file, keys, new MessageCompiler(language), problems);
    problems.attempt(() -> texts.read(YamlNode.parse(file, files.read(file)), before));
    return new Texts(language, Map.copyOf(texts.phrases), Map.copyOf(texts.labels));
  }

  static String file(Locale language) {
    return FOLDER + "/" + language.toLanguageTag() + ENDING;
  }

  /// Labels are the layouts' own: every language must have those of the default one.
  static void checkLabels(Texts texts, Texts expected) throws TemplateException {
    if (!texts.labels().keySet().equals(expected.labels().keySet())) {
      throw TemplateException.at(
          file(texts.language()),
          1,
          "the labels " + new TreeSet<>(expected.labels().keySet()),
          new TreeSet<>(texts.labels().keySet()).toString());
    }
  }

  private void read(YamlNode root, Map<String, Texts> before) throws TemplateException {
    YamlFields fields = root.fields();
    Optional<YamlNode> rest = fields.takeIfPresent(REST);
    // Without what the other language says, everything would be missing.
    boolean whole =
        rest.isEmpty() || problems.read(() -> takeOver(rest.get(), before)).orElse(false);
    Optional<YamlNode> own = fields.takeIfPresent(LABELS);
    if (own.isPresent()) {
      problems.attempt(() -> readLabels(own.get()));
    }
    for (var entry : fields.takeRest().entrySet()) {
      descend(entry.getKey(), entry.getValue(), fields.lineOf(entry.getKey()));
    }
    for (TextKey key : keys.values()) {
      if (whole && !phrases.containsKey(key.path())) {
        problems.add(
            TemplateException.at(
                file,
                nearestLine(key.path()),
                "a text " + key.path(),
                "none; write it, or begin the file with `rest: en` to say in English what is missing"));
      }
    }
  }

  /// @return whether the other language could be read
  private boolean takeOver(YamlNode rest, Map<String, Texts> before) throws TemplateException {
    Texts texts = before.get(rest.text());
    if (texts == null) {
      throw rest.refuse(
          "a language that the catalogue has before this one, of " + before.keySet(),
          "'" + rest.text() + "'");
    }
    phrases.putAll(texts.phrases());
    labels.putAll(texts.labels());
    return !phrases.isEmpty();
  }

  private void readLabels(YamlNode node) throws TemplateException {
    var known = Placeholders.of(Set.of("events"), Placeholders.COMMON);
    for (var entry : node.fields().takeRest().entrySet()) {
      problems
          .read(() -> text(entry.getValue(), known))
          .ifPresent(text -> labels.put(entry.getKey(), text));
    }
  }

  private void descend(String path, YamlNode node, int line) {
    TextKey key = keys.get(path);
    if (key != null) {
      // Where it is wrong it is not missing.
      phrases.put(path, problems.read(() -> variants(key, node)).orElse(List.of()));
      return;
    }
    problems.attempt(() -> {
      Set<String> known = below(path);
      if (known.isEmpty()) {
        throw unknown(path, line);
      }
      lines.put(path, line);
      YamlFields fields = node.fields();
      for (var entry : fields.takeRest().entrySet()) {
        descend(path + "." + entry.getKey(), entry.getValue(), fields.lineOf(entry.getKey()));
      }
    });
  }

  private TemplateException unknown(String path, int line) {
    String above = path.substring(0, Math.max(0, path.lastIndexOf('.')));
    return TemplateException.at(
        file,
        line,
        "a key that the catalogue needs, one of " + below(above),
        "'" + path + "'; correct it, or take it out");
  }

  /// The next part of the keys that begin with this one.
  private Set<String> below(String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    return keys.keySet().stream()
        .filter(known -> known.startsWith(prefix))
        .map(known -> known.substring(prefix.length()).split("\\.", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Map<String, Text>> variants(TextKey key, YamlNode node) throws TemplateException {
    var variants = new ArrayList<Map<String, Text>>();
    for (YamlNode variant : node.isList() ? node.list() : List.of(node)) {
      problems
          .read(() ->
              key.fields().isEmpty()
                  ? Map.of(Texts.ONLY, text(variant, key.placeholders()))
                  : fields(key, variant))
          .ifPresent(variants::add);
    }
    return List.copyOf(variants);
  }

  private Map<String, Text> fields(TextKey key, YamlNode variant) throws TemplateException {
    YamlFields fields = variant.fields();
    var texts = new LinkedHashMap<String, Text>();
    for (String field : key.fields()) {
      problems
          .read(() -> text(fields.take(field), key.placeholders()))
          .ifPresent(text -> texts.put(field, text));
    }
    fields.finish();
    return texts;
  }

  private Text text(YamlNode node, Placeholders known) throws TemplateException {
    return new Text(compiler.compile(node, known), compiler.numbers());
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
