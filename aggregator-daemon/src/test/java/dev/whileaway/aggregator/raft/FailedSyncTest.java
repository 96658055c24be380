package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.aggregator.DaemonSettings.Log;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A process that writes, on a disk of which each force fails from some moment on. After a failed
/// force nobody knows what is on the disk, and a later one that succeeds proves nothing.
@ParameterizedClass
@EnumSource(Log.class)
class FailedSyncTest {

  private static final int BEFORE = 200;
  private static final int AFTER = 300;

  @Parameter Log log;
  @TempDir private Path temp;

  @Test
  @Timeout(120)
  void submit_afterAFailedForce_isNeverAcknowledged_andARestartKeepsTheRest() throws Exception {
    Path library = library().orElse(null);
    assumeTrue(library != null, "needs Linux and cc, to make a force fail");
    Path trigger = temp.resolve("fail");
    var command = CrashChild.command(log, temp.resolve("store"), 0);
    command.environment().put("LD_PRELOAD", String.valueOf(library));
    command.environment().put("FAIL_SYNCS_ONCE", trigger.toString());
    Process child = command.redirectError(temp.resolve("errors").toFile()).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      readUntil(out, lines, "acked ", BEFORE);
      Files.createFile(trigger);
      readUntil(out, lines, "failed ", AFTER);
    } finally {
      child.destroyForcibly().waitFor();
    }

    List<String> acknowledged = ids(lines, "acked ");
    List<String> failed = ids(lines, "failed ");
    for (int shard = 0; shard < CrashChild.SHARDS; shard++) {
      assertThat(numbers(failed, shard)).isNotEmpty();
      int firstFailed = numbers(failed, shard).stream().min(Integer::compare).orElseThrow();
      assertThat(numbers(acknowledged, shard)).allMatch(number -> number < firstFailed);
      assertThat(lines).anyMatch(saidOf(shard));
    }
    try (var store =
        TestStore.open(log, temp.resolve("store"), CrashChild.SHARDS, TestStore.SELDOM)) {
      assertThat(CrashChild.found(store, 0)).containsAll(acknowledged).doesNotHaveDuplicates();
    }
  }

  /// What the process said for its operator.
  private static Predicate<String> saidOf(int shard) {
    String said = "shard-%d failed, and takes nothing any more".formatted(shard);
    return line -> line.contains(said) && line.contains("then restart");
  }

  private static void readUntil(BufferedReader out, List<String> lines, String what, int times)
      throws IOException {
    int found = 0;
    while (found < times) {
      String line = out.readLine();
      if (line == null) {
        throw new AssertionError("expected %d %s, but found %s".formatted(times, what, lines));
      }
      lines.add(line);
      found += line.startsWith(what) ? 1 : 0;
    }
  }

  private static List<String> ids(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.split(" ")[1])
        .toList();
  }

  /// Of a shard's commands, in the order in which they were given.
  private static List<Integer> numbers(List<String> ids, int shard) {
    return ids.stream()
        .map(id -> Integer.parseInt(id.substring(id.indexOf('.') + 1)))
        .filter(number -> number % CrashChild.SHARDS == shard)
        .toList();
  }

  /// Empty: it cannot be compiled here.
  private Optional<Path> library() throws IOException, InterruptedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    Path source = temp.resolve("failing-sync.c");
    try (InputStream in = FailedSyncTest.class.getResourceAsStream("failing-sync.c")) {
      Files.copy(in, source);
    }
    Path library = temp.resolve("failing-sync.so");
    try {
      int exit =
          new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString())
              .inheritIO()
              .start()
              .waitFor();
      return exit == 0 ? Optional.of(library) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
