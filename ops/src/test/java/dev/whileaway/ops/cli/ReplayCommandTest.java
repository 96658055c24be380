package dev.whileaway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {

  private static final String TRACE =
      """
      at,action,user,args...
      0,profile,1,en,UTC,1,1
      43200,report,1,2,1,hello
      43200,report,1,3,2,
      """;

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void threeReplays_areEqualByteForByte() throws IOException {
    Path trace = folder.resolve("trace.csv.gz");
    try (InputStream twoDays =
        Objects.requireNonNull(
            ReplayCommandTest.class.getResourceAsStream("/demo/college-two-days.csv.gz"))) {
      Files.copy(twoDays, trace);
    }
    for (int i = 1; i <= 3; i++) {
      assertThat(run(trace, "log" + i, "report" + i)).isZero();
    }
    assertThat(Files.size(folder.resolve("log1"))).isGreaterThan(100_000);
    for (int i = 2; i <= 3; i++) {
      assertThat(Files.mismatch(folder.resolve("log1"), folder.resolve("log" + i))).isEqualTo(-1);
      assertThat(Files.mismatch(folder.resolve("report1"), folder.resolve("report" + i)))
          .isEqualTo(-1);
    }
  }

  @Test
  void report_countsActionsAndSends_alwaysInOneOrder() throws IOException {
    assertThat(run(Files.writeString(folder.resolve("trace.csv"), TRACE), "log", "report"))
        .isZero();
    assertThat(Files.readString(folder.resolve("report")))
        .isEqualTo(
            """
            {"actions":3,"sends":2}
            """);
    assertThat(Files.readString(folder.resolve("log"))).hasLineCount(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "43200,report|43300,report|line 4: ",
        "en,UTC|en,Utopia|line 2: ",
        "3,2,|3,7,|line 4: "
      })
  void damagedTrace_isRefusedInOneLine(String from, String to, String where) throws IOException {
    String damaged = TRACE.replaceFirst(from, to);
    Path trace = Files.writeString(folder.resolve("trace.csv"), damaged);

    int exitCode = run(trace, "log", "report");

    assertThat(err.toString()).contains("trace.csv: ").contains(where).hasLineCount(1);
    assertThat(exitCode).isEqualTo(2);
  }

  @Test
  void reportThatCannotBeWritten_isRefusedBeforeAnythingIsDone() throws IOException {
    Path trace = Files.writeString(folder.resolve("trace.csv"), TRACE);

    assertThat(run(trace, "log", "missing/report")).isEqualTo(2);

    assertThat(err.toString())
        .contains("--report: expected a file that can be written")
        .contains("missing/report");
    assertThat(folder.resolve("log")).doesNotExist();
  }

  private int run(Path trace, String log, String report) {
    return Whileaway.commandLine()
        .setOut(new PrintWriter(new StringWriter(), true))
        .setErr(new PrintWriter(err, true))
        .execute(
            "replay",
            "--trace",
            trace.toString(),
            "--out",
            folder.resolve(log).toString(),
            "--report",
            folder.resolve(report).toString());
  }
}
