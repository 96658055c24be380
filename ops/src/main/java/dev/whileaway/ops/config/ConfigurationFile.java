package dev.whileaway.ops.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A YAML file as flat keys, each with the text of its value and its line. Values stay text: what
/// YAML would make of `23:00` or `no` does not matter.
record ConfigurationFile(String name, Map<String, String> values, Map<String, Integer> lines) {

  static ConfigurationFile none() {
    return new ConfigurationFile("", Map.of(), Map.of());
  }

  static ConfigurationFile read(Path path) throws ConfigurationException {
    String text;
    try {
      text = Files.readString(path);
    } catch (IOException e) {
      throw new ConfigurationException(path + ": expected a file that can be read, but found none");
    }
    return parse(path.toString(), text);
  }

  static ConfigurationFile parse(String name, String text) throws ConfigurationException {
    var file = new ConfigurationFile(name, new LinkedHashMap<>(), new LinkedHashMap<>());
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().setLabel(name).build()).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ConfigurationException(
          name + ":" + line + ": expected YAML, but found that " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ConfigurationException(name + ": expected YAML, but found " + e.getMessage());
    }
    if (root.isPresent() && !isNull(root.get())) {
      if (!(root.get() instanceof MappingNode)) {
        throw new ConfigurationException(
            name + ":1: expected keys with values, but found " + root.get().getNodeType());
      }
      file.take("", root.get());
    }
    return file;
  }

  /// `FILE:LINE: ` of a key, or of the nearest key around it; empty if it is not of this file.
  String place(String key) {
    for (String around = key; !around.isEmpty(); around = parent(around)) {
      Integer line = lines.get(around);
      if (line != null) {
        return name + ":" + line + ": ";
      }
    }
    return "";
  }

  private static String parent(String key) {
    return key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
  }

  private void take(String key, Node node) throws ConfigurationException {
    if (!key.isEmpty()) {
      lines.putIfAbsent(key, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }
    switch (node) {
      case MappingNode mapping -> {
        for (NodeTuple entry : mapping.getValue()) {
          takeMember(key, entry);
        }
      }
      case SequenceNode sequence -> {
        for (int i = 0; i < sequence.getValue().size(); i++) {
          take(key + "[" + i + "]", sequence.getValue().get(i));
        }
      }
      case ScalarNode scalar when isNull(scalar) -> {}
      case ScalarNode scalar -> values.put(key, scalar.getValue());
      default -> throw new IllegalStateException("expected a known node, but found " + node);
    }
  }

  private void takeMember(String key, NodeTuple entry) throws ConfigurationException {
    int line = entry.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    if (!(entry.getKeyNode() instanceof ScalarNode member)) {
      throw new ConfigurationException(name + ":" + line + ": expected a key, but found a list");
    }
    String path = key.isEmpty() ? member.getValue() : key + "." + member.getValue();
    if (lines.putIfAbsent(path, line) != null) {
      throw new ConfigurationException(
          name + ":" + line + ": " + path + ": expected once, but found a second time");
    }
    take(path, entry.getValueNode());
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
