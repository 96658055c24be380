package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.aggregator.log.ShardLog.Role;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that becomes full: a small one of its own, mounted for the test.
@ParameterizedClass
@EnumSource(Log.class)
class FullDiskTest {

  private static final int EVENT_BYTES = 100_000;
  private static final int EVENTS_MAX = 1_000;
  private static final long LONG_MILLIS = 1L << 40;

  @Parameter Log log;
  @TempDir private Path temp;
  private Path disk;
  private boolean mounted;

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {TestStore.SELDOM, 10})
  @Timeout(120)
  void submit_onAFullDisk_fails_andWithRoomAgainNothingAcknowledgedIsLost(long snapshotEntries)
      throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
    assumeTrue(mounted, "needs Linux and root, to mount a small disk");
    List<String> acknowledged;
    var store = TestStore.open(log, disk.resolve("store"), 1, snapshotEntries);
    try {
      acknowledged = fill(store);
      assertThat(acknowledged).hasSizeBetween(10, EVENTS_MAX - 1);
      await().until(() -> store.node().status(FIRST).role() == Role.FAILED);
      assertThatThrownBy(() -> store.ask(FIRST, event("later")))
          .cause()
          .hasMessageContaining("expected shard-0 to run, but found it failed")
          .hasMessageContaining("restart");
    } finally {
      store.crash();
    }

    // Still full: whether it opens or not, it says so, and breaks nothing.
    try (var _ = TestStore.open(log, disk.resolve("store"), 1, snapshotEntries)) {
      assertThat(disk).exists();
    } catch (StoreRefusedException e) {
      assertThat(e).hasMessageContaining(disk.toString());
    }

    assertThat(run("mount", "-o", "remount,size=128m", disk.toString())).isTrue();
    try (var again = TestStore.open(log, disk.resolve("store"), 1, snapshotEntries)) {
      for (String user : acknowledged) {
        assertThat(again.pending(FIRST, user)).as(user).hasSize(1);
      }
      var _ = again.ask(FIRST, event("later"));
    }
  }

  /// Who has an acknowledged event.
  private static List<String> fill(TestStore store) throws Exception {
    var acknowledged = new ArrayList<String>();
    for (int i = 0; i < EVENTS_MAX; i++) {
      try {
        var _ = store.send(FIRST, event("user-" + i)).get(20, TimeUnit.SECONDS);
        acknowledged.add("user-" + i);
      } catch (ExecutionException e) {
        return acknowledged;
      }
    }
    return acknowledged;
  }

  private static ShardCommand event(String user) {
    return new ShardCommand.ReportEvents(
        List.of(
            new NewEvent(
                new UserId(user),
                "bob",
                1,
                noise(user.hashCode()),
                user,
                LONG_MILLIS,
                false,
                LONG_MILLIS)));
  }

  /// Nothing that a snapshot could press together.
  private static String noise(long seed) {
    byte[] bytes = new byte[EVENT_BYTES];
    new Random(seed).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
