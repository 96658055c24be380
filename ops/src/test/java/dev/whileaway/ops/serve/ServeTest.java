package dev.whileaway.ops.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.cli.Whileaway;
import dev.whileaway.ops.demo.ServeProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a reported event to a push and a mail in files: a real `serve` in a process of its own, its
/// clock a thousand times as fast, talked to by the commands.
class ServeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void reportedEvent_becomesPush_thenMail_andSigtermStopsCleanly() throws Exception {
    try (ServeProcess serve = start()) {
      run(serve, "profile", "put", "anna", "--email", "anna@example.org", "--fcm", "T-1");
      run(serve, "report", "--to", "anna", "--from", "bob", "--type", "message", "--data", "Hi");

      await().atMost(PATIENCE).until(() -> written().stream().anyMatch(f -> f.endsWith(".json")));
      await().atMost(PATIENCE).until(() -> written().stream().anyMatch(f -> f.endsWith(".eml")));
      await().atMost(PATIENCE).until(() -> run(serve, "why", "anna").contains("Nothing waits"));
      assertThat(run(serve, "why", "anna"))
          .containsSubsequence("reported", "leased", "push sent", "e-mail sent");
      assertThat(written()).hasSize(2);

      serve.handle().destroy();
      serve.handle().onExit().get(30, SECONDS);
      assertThat(Files.readString(folder.resolve("serve.log"))).contains("stopped");
    }
  }

  @Test
  void dataFolderInUse_isRefused_withoutTouchingTheFirst() throws Exception {
    try (ServeProcess first = start()) {
      Path log = folder.resolve("second.log");

      assertThat(
              catchThrowable(
                  () -> ServeProcess.start(folder.resolve("data"), configuration(), log)))
          .isInstanceOf(IOException.class);
      assertThat(Files.readAllLines(log))
          .last(STRING)
          .startsWith("whileaway: ")
          .contains(folder.resolve("data").toString());
      assertThat(run(first, "visit", "anna")).contains("cleared 0 events");
    }
  }

  private ServeProcess start() throws IOException {
    return ServeProcess.start(folder.resolve("data"), configuration(), folder.resolve("serve.log"));
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        folder.resolve("whileaway.yaml"),
        """
        clock:
          start: 2026-01-31T12:00:00Z
          speed: 1000
        worker:
          lease-ttl: 24h
        """);
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("data/outbox"))) {
      return files.map(Path::toString).filter(file -> !file.contains(".tmp")).toList();
    }
  }

  private static String run(ServeProcess serve, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Whileaway.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                Stream.concat(Stream.of(arguments), Stream.of("--server", serve.grpc()))
                    .toArray(String[]::new));
    assertThat(exitCode).as(err.toString()).isZero();
    return out.toString();
  }
}
