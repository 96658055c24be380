package dev.whileaway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class WhileawayTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "visit|Missing required parameter: 'USER' (see `whileaway visit --help`)",
        "report --to anna|Missing required argument(s): --type=TYPE",
        "profile|expected put or get, but found neither",
        "suppression|expected list, add or remove, but found none of them",
        "visit anna --server nowhere|--server: expected HOST:PORT",
        "visit anna --surface tv|expected one of [WEB, APP]",
        "demo --for soon|--for: expected 20s or more, such as 60s or 2m, but found soon",
        "serve|data: expected a folder, here or as --data DIR",
        "serve --data x --grpc-port 70000|command line: grpc.port: expected a port",
        "simulate --seeds 0|--seeds: expected 1 or more, but found 0",
        "bench compare --phase ingest|--phase: expected one of ingest-b, ingest-1, ingest-stream",
        "bench scale --seconds 0|--seconds: expected 1 or more, but found 0",
        "preview --locale 123456789|--locale: expected a language tag",
        "preview --sample none|--sample: expected one of grouped",
        "preview --watch|--watch: expected --templates or --data to watch, but found neither",
        "preview --width 320,10|--width: expected 200 to 2000 pixels, but found 10",
        "''|expected a command, but found none",
        "viist anna|Unmatched argument"
      })
  void badInput_isOneLineOnStderr_andExitCode2(String arguments, String complaint) {
    int exitCode = run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

    assertThat(err.toString()).startsWith("whileaway: ").contains(complaint).hasLineCount(1);
    assertThat(exitCode).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void brokenEventFile_isRefused_withItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("e.jsonl"), "{}\n{\"recipent\":\"a\"}\n");

    assertThat(run("report", "--file", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("e.jsonl:2: expected an event as JSON").hasLineCount(1);
  }

  @Test
  void simulate_tellsAndReportsItsFigures() throws IOException {
    Path report = folder.resolve("simulation.json");

    assertThat(run("simulate", "--from", "7", "--seeds", "3", "--report", report.toString()))
        .isZero();

    assertThat(out.toString()).containsPattern("seeds +3\\n").containsPattern("violations +0\\n");
    assertThat(Files.readString(report))
        .contains("\"seeds\":3,")
        .contains("\"violations\":0,")
        .containsPattern("\"worker_deaths\":\\d+,");
  }

  @Test
  void noServer_isOneLine_andExitCode1() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(run("why", "anna", "--server", "127.0.0.1:" + free)).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo(
            "whileaway: cannot reach 127.0.0.1:" + free + ": is `./whileaway serve` running?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "demo",
        "replay",
        "bench",
        "bench fsync",
        "report",
        "visit",
        "profile",
        "profile put",
        "profile get",
        "why",
        "suppression",
        "preview",
        "version"
      })
  void help_saysWhatItDoes_anExample_andExitCodes(String command) {
    assertThat(run((command + " --help").split(" ", -1))).isZero();
    assertThat(out.toString())
        .contains(
            "Usage: whileaway " + command, "Examples:", "./whileaway " + command, "Exit codes:");
  }

  private int run(String... arguments) {
    CommandLine commandLine =
        Whileaway.commandLine(arguments)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
