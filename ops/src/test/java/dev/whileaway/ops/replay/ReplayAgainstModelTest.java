package dev.whileaway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.ops.trace.TraceReader;
import dev.whileaway.templates.Templates;
import dev.whileaway.worker.plan.Policy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The replay and [TraceModel] say the same of any trace, byte for byte.
class ReplayAgainstModelTest {

  private static final Templates TEMPLATES = Templates.standard();
  private static final Path DATA = Path.of("../../shared/data");

  @Test
  void vendoredTrace_leadsToTheModelsSendLog() throws IOException {
    List<String> lines =
        lines(
            Objects.requireNonNull(
                ReplayAgainstModelTest.class.getResourceAsStream("/demo/college-two-days.csv.gz")));

    String expected = TraceModel.play(lines, TraceModel.Rules.STANDARD);

    assertThat(expected.lines().count()).isGreaterThan(1000);
    assertThat(replay(lines).lines()).containsExactlyElementsOf(expected.lines().toList());
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
  @ValueSource(longs = {0, 100, 200, 300, 400})
  void randomTraces_leadToTheModelsSendLog(long firstSeed) throws IOException {
    for (long seed = firstSeed; seed < firstSeed + 100; seed++) {
      List<String> lines = RandomTrace.of(seed, 300);
      assertThat(replay(lines))
          .as("seed %d", seed)
          .isEqualTo(TraceModel.play(lines, TraceModel.Rules.STANDARD));
    }
  }

  private static List<String> lines(InputStream gzip) throws IOException {
    try (var zip = new GZIPInputStream(gzip)) {
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
  }

  private static String replay(List<String> lines) throws IOException {
    String trace = TraceReader.HEADER + "\n" + String.join("\n", lines) + "\n";
    var log = new StringBuilder();
    try (var reader =
        TraceReader.open(new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8)))) {
      Replay.play(reader, TEMPLATES, Policy.STANDARD, log);
    }
    return log.toString();
  }
}
