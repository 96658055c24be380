package dev.whileaway.templates;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The keys of a YAML mapping, read strictly: each is taken once, and none may be left over. Used
/// by one thread.
final class YamlFields {

  private final YamlNode owner;
  private final Map<String, YamlNode> left;
  private final Map<String, Integer> keyLines = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  private YamlFields(YamlNode owner) {
    this.owner = owner;
    this.left = new LinkedHashMap<>();
  }

  static YamlFields of(YamlNode owner, MappingNode mapping) throws TemplateException {
    var fields = new YamlFields(owner);
    for (NodeTuple tuple : mapping.getValue()) {
      var keyNode = new YamlNode(owner.file(), owner.key(), tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw keyNode.refuse("a key", "something else");
      }
      YamlNode value = owner.below(key.getValue(), tuple.getValueNode());
      if (fields.left.put(key.getValue(), value) != null) {
        throw keyNode.refuse("each key once", "'" + key.getValue() + "' again");
      }
      fields.keyLines.put(key.getValue(), keyNode.line());
    }
    return fields;
  }

  YamlNode take(String key) throws TemplateException {
    return takeIfPresent(key)
        .orElseThrow(() -> owner.refuse("the key '" + key + "'", "only " + keyLines.keySet()));
  }

  Optional<YamlNode> takeIfPresent(String key) {
    known.add(key);
    return Optional.ofNullable(left.remove(key));
  }

  /// What nobody has taken, in the file's order, and takes it.
  Map<String, YamlNode> takeRest() {
    var rest = new LinkedHashMap<>(left);
    left.clear();
    return rest;
  }

  int lineOf(String key) {
    return keyLines.getOrDefault(key, owner.line());
  }

  /// Refuses the first key that nobody has taken.
  void finish() throws TemplateException {
    if (!left.isEmpty()) {
      String key = left.keySet().iterator().next();
      throw TemplateException.at(
          owner.file(), lineOf(key), owner.key(), "one of the keys " + known, "'" + key + "'");
    }
  }
}
