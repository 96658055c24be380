package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;
import static dev.whileaway.aggregator.raft.TestStore.SELDOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.aggregator.shard.ShardReply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a thousand commands cost the disk, counted: a number that the machine's mood does not move.
@ParameterizedClass
@EnumSource(Log.class)
class CommitCostTest {

  private static final int COMMANDS = 1_000;

  /// Those that were under way before the rest had come, and the rest in full entries.
  private static final int ENTRIES_MAX =
      GroupCommit.IN_FLIGHT_MAX + Math.ceilDiv(COMMANDS, GroupCommit.ENTRY_COMMANDS_MAX);

  @Parameter Log log;
  @TempDir Path folder;
  @TempDir Path recordings;

  @Test
  void aThousandWaitingCommands_areAHandfulOfEntries_andOneSyncEach() throws Exception {
    try (var store = TestStore.open(log, folder, 1, SELDOM);
        var recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
      recording.start();
      long before = store.node().status(FIRST).appliedIndex();

      sendWhileHeld(store);

      long entries = store.node().status(FIRST).appliedIndex() - before;
      recording.stop();
      assertThat(entries).isBetween(1L, (long) ENTRIES_MAX);
      assertThat(syncsOfTheLog(recording)).isBetween(1L, entries);
    }
  }

  /// The shard's lock is held until all have come: nothing is applied, so no slot gets free.
  private static void sendWhileHeld(TestStore store) throws Exception {
    var held = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    Thread reader = Thread.ofPlatform().start(() -> hold(store, held, release));
    assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
    List<CompletableFuture<ShardReply>> replies = new ArrayList<>();
    for (int i = 0; i < COMMANDS; i++) {
      replies.add(store.send(FIRST, TestStore.report("user-" + i, "e" + i)));
    }
    release.countDown();
    for (var reply : replies) {
      reply.get(60, TimeUnit.SECONDS);
    }
    reader.join();
  }

  private static void hold(TestStore store, CountDownLatch held, CountDownLatch release) {
    var _ =
        store
            .node()
            .read(
                FIRST,
                _ -> {
                  held.countDown();
                  try {
                    return release.await(60, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
  }

  private long syncsOfTheLog(Recording recording) throws IOException {
    Path file = recordings.resolve("forces.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .map(event -> event.getString("path"))
        .filter(path -> path != null && path.startsWith(folder.toString()))
        .filter(path -> path.contains("log_inprogress"))
        .count();
  }
}
