package dev.whileaway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The replay and [TraceModel] say the same of any trace, byte for byte.
class ReplayAgainstModelTest {

  private static final Path DATA = Path.of("..", "..", "shared", "data");

  @TempDir private Path folder;

  @Test
  void vendoredTrace_leadsToTheModelsSendLog() throws IOException {
    List<String> lines =
        lines(
            Objects.requireNonNull(
                ReplayAgainstModelTest.class.getResourceAsStream("/demo/college-two-days.csv.gz")));

    String expected = TraceModel.play(lines, TraceModel.Rules.STANDARD);

    assertThat(expected.lines().count()).isGreaterThan(1000);
    assertThat(Traces.play(text(lines)).lines())
        .containsExactlyElementsOf(expected.lines().toList());
  }

  /// The model is worth something only if others agree with it.
  @Test
  void model_leadsToTheSendLogOfTheWholeTrace() throws IOException {
    Path trace = DATA.resolve("college.trace.csv.gz");
    assumeTrue(Files.exists(trace), "skipped: the trace is not here, at " + trace);

    String log = TraceModel.play(lines(Files.newInputStream(trace)), TraceModel.Rules.STANDARD);

    Path expected = DATA.resolve("college.expected.jsonl.gz");
    try (var zip = new GZIPInputStream(Files.newInputStream(expected))) {
      assertThat(log.equals(new String(zip.readAllBytes(), StandardCharsets.UTF_8))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 50, 100, 150})
  void randomTraces_leadToTheModelsSendLog(long firstSeed) throws IOException {
    for (long seed = firstSeed; seed < firstSeed + 50; seed++) {
      List<String> lines = RandomTrace.of(seed, 300);
      assertThat(Traces.play(text(lines)))
          .as("seed %d", seed)
          .isEqualTo(TraceModel.play(lines, TraceModel.Rules.STANDARD));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 1020})
  void randomPolicies_leadToTheModelsSendLog(long firstSeed) throws Exception {
    for (long seed = firstSeed; seed < firstSeed + 20; seed++) {
      List<String> lines = RandomTrace.of(seed, 200);
      TraceModel.Rules rules = RandomRules.of(seed);
      assertThat(Traces.play(text(lines), RandomRules.yaml(rules), folder))
          .as("seed %d", seed)
          .isEqualTo(TraceModel.play(lines, rules));
    }
  }

  private static List<String> lines(InputStream gzip) throws IOException {
    try (var zip = new GZIPInputStream(gzip)) {
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
