package dev.whileaway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.ops.trace.TraceReader;
import dev.whileaway.templates.Templates;
import dev.whileaway.worker.plan.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private static final Templates TEMPLATES = Templates.standard();

  /// The whole real trace and the log that an independent program made of it lie beside the
  /// project, not in it.
  private static final Path DATA = Path.of("..", "..", "shared", "data");

  @Test
  void collegeTrace_leadsToTheExpectedSendLog() throws IOException {
    Path trace = DATA.resolve("college.trace.csv.gz");
    assumeTrue(Files.exists(trace), "skipped: the trace is not here, at " + trace);

    var log = new StringBuilder();
    try (TraceReader reader = TraceReader.open(trace)) {
      Replay.play(reader, TEMPLATES, Policy.STANDARD, log);
    }

    assertThat(log.toString().lines()).containsExactlyElementsOf(expected().lines().toList());
  }

  @Test
  void push_thenEmail_thenSilence() throws IOException {
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,2,1
                43200,report,1,2,1,hello
                43260,report,1,2,1,are you there?
                43300,report,1,3,2,
                """))
        .isEqualTo(
            """
            {"at":45000,"channel":"push","devices":2,"events":3,"silent":false,"types":{"1":[2,1],"2":[1,1]},"user":"1"}
            {"at":45600,"channel":"email","events":3,"locale":"en","types":{"1":[2,1],"2":[1,1]},"user":"1"}
            """);
  }

  @Test
  void visit_inTheSecondInWhichItIsDue_comesFirst() throws IOException {
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,0,1
                43200,report,1,2,1,hello
                45000,visit,1,web
                """))
        .isEmpty();
  }

  @Test
  void userOnline_isAskedForAgain_andToldInTheEnd() throws IOException {
    // TRAPS 11
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,0,1
                43200,report,1,2,1,hello
                44900,touch,1,web
                """))
        .isEqualTo(
            """
            {"at":45900,"channel":"email","events":1,"locale":"en","types":{"1":[1,1]},"user":"1"}
            """);
  }

  @Test
  void forgottenSender_isLeftOut() throws IOException {
    // TRAPS 29
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,0,1
                43200,report,1,2,1,hello
                43200,report,1,3,2,
                43300,forget,2
                """))
        .isEqualTo(
            """
            {"at":45000,"channel":"email","events":1,"locale":"en","types":{"2":[1,1]},"user":"1"}
            """);
  }

  private static String expected() throws IOException {
    Path log = DATA.resolve("college.expected.jsonl.gz");
    try (var zip = new GZIPInputStream(Files.newInputStream(log))) {
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
