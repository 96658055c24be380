package dev.whileaway.ops.replay;

import dev.whileaway.ops.config.ConfigurationException;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.config.PolicySettings;
import dev.whileaway.ops.trace.TraceReader;
import dev.whileaway.templates.Templates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Plays traces that a test has written down.
final class Traces {

  private static final Templates STANDARD = Templates.standard();

  private Traces() {}

  /// @param lines of the trace, without its header
  static String play(String lines) throws IOException {
    return play(lines, PolicySettings.STANDARD);
  }

  /// @param folder where the policy's file is written
  static String play(String lines, String policyYaml, Path folder)
      throws IOException, ConfigurationException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), policyYaml);
    return play(lines, new ConfigurationLoader(Map.of()).loadPolicy(file));
  }

  private static String play(String lines, PolicySettings rules) throws IOException {
    byte[] trace = (TraceReader.HEADER + "\n" + lines).getBytes(StandardCharsets.UTF_8);
    var log = new StringBuilder();
    try (var reader = TraceReader.open(new ByteArrayInputStream(trace))) {
      Replay.play(reader, rules.templates().applyTo(STANDARD), rules.policy(), log);
    }
    return log.toString();
  }
}
