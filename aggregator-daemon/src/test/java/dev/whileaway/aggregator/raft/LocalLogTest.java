package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogTest {

  /// Three of them fill a segment.
  private static final ByteString LARGE = ByteString.copyFrom(new byte[3 << 20]);

  @TempDir Path folder;

  @Test
  void replay_afterAppends_handsOverEachInOrder() throws Exception {
    try (LocalLog log = open(-1)) {
      assertThat(log.append(text("a"))).isEqualTo(TermIndex.valueOf(1, 0));
      assertThat(log.append(text("b"))).isEqualTo(TermIndex.valueOf(1, 1));
    }

    assertThat(replayed(-1)).containsExactly("0 a", "1 b");
    assertThat(replayed(0)).containsExactly("1 b");
    assertThat(replayed(1)).isEmpty();
  }

  @Test
  void append_afterReplay_goesOnBehindTheLast() throws Exception {
    for (String each : List.of("a", "b", "c")) {
      try (LocalLog log = open(-1)) {
        var _ = log.append(text(each));
      }
    }

    assertThat(replayed(-1)).containsExactly("0 a", "1 b", "2 c");
    assertThat(files()).containsExactly("log_0-0", "log_1-1", "log_2-2", "log_inprogress_3");
  }

  @Test
  void append_segmentFull_beginsTheNext_andLosesTheRoomMadeAhead() throws Exception {
    try (LocalLog log = open(-1)) {
      for (int i = 0; i < 5; i++) {
        var _ = log.append(LARGE);
      }
    }

    assertThat(files()).containsExactly("log_0-1", "log_2-3", "log_inprogress_4");
    assertThat(Files.size(folder.resolve("log_0-1")))
        .isBetween(2L * LARGE.size(), 2L * LARGE.size() + 200);
    assertThat(replayed(-1)).hasSize(5);
  }

  @Test
  void purge_deletesOnlySegmentsOfWhichNothingIsNeeded() throws Exception {
    try (LocalLog log = open(-1)) {
      for (int i = 0; i < 5; i++) {
        var _ = log.append(LARGE);
      }
      log.purge(2);
      assertThat(files()).containsExactly("log_2-3", "log_inprogress_4");
      log.purge(4);
      assertThat(files()).containsExactly("log_inprogress_4");
    }
  }

  @Test
  void replay_fromASnapshotThatReachesFarther_beginsBehindIt() throws Exception {
    try (LocalLog log = open(-1)) {
      var _ = log.append(text("a"));
    }
    try (LocalLog log = new LocalLog(TestStore.FIRST, folder)) {
      log.replay(TermIndex.valueOf(7, 20), entry -> {});

      assertThat(files()).containsExactly("log_inprogress_21");
      assertThat(log.append(text("b"))).isEqualTo(TermIndex.valueOf(7, 21));
    }
  }

  @Test
  void replay_segmentMissing_isRefusedByName() throws Exception {
    try (LocalLog log = open(-1)) {
      for (int i = 0; i < 5; i++) {
        var _ = log.append(LARGE);
      }
    }
    Files.delete(folder.resolve("log_2-3"));

    assertThatThrownBy(() -> replayed(-1))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining(
            "raft log of shard-0 to go on with entry 2, but found log_inprogress_4")
        .hasMessageEndingWith("restore the whole store from a copy");
    // What is missing lies in the snapshot.
    assertThat(replayed(3)).hasSize(1);
  }

  @Test
  void append_largerThanTheBuffer_andThanTheRoom_isReadBack() throws Exception {
    var large = ByteString.copyFrom(new byte[RatisProperties.ENTRY_BYTES_MAX - 1024]);
    try (LocalLog log = open(-1)) {
      var _ = log.append(text("small"));
      var _ = log.append(large);
      var _ = log.append(text("small again"));
    }

    assertThat(replayed(-1)).hasSize(3);
  }

  @Test
  void append_afterClose_isRefused() throws Exception {
    LocalLog log = open(-1);
    log.close();

    assertThatThrownBy(() -> log.append(text("a")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shard-0 closed");
  }

  private LocalLog open(long from) throws Exception {
    var log = new LocalLog(TestStore.FIRST, folder);
    log.replay(TermIndex.valueOf(0, from), entry -> {});
    return log;
  }

  private List<String> replayed(long from) throws Exception {
    var entries = new ArrayList<String>();
    LogCheck.check(TestStore.FIRST, folder);
    try (var log = new LocalLog(TestStore.FIRST, folder)) {
      log.replay(TermIndex.valueOf(0, from), entry -> entries.add(words(entry)));
    }
    return entries;
  }

  private static String words(LogEntryProto entry) {
    var data = entry.getStateMachineLogEntry().getLogData();
    return entry.getIndex() + " " + (data.size() < 20 ? data.toStringUtf8() : "large");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
