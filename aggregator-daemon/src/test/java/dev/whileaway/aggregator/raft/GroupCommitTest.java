package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

  private static final ShardReply REPLY = new ShardReply.Cleared(0);

  private record Appended(long callId, ByteString bytes) {
    CommandCodec.Batch batch() {
      return CommandCodec.decode(bytes);
    }
  }

  private final List<Appended> log = new CopyOnWriteArrayList<>();
  private final GroupCommit commit =
      new GroupCommit(
          "test",
          (callId, bytes, _) -> log.add(new Appended(callId, bytes)),
          InstantSource.fixed(Instant.ofEpochMilli(1234)));

  @AfterEach
  void end() {
    commit.fail();
  }

  @Test
  void submit_whileEntriesAreInFlight_goesIntoOneNextEntry() throws Exception {
    commit.start();
    List<CompletableFuture<ShardReply>> first = fillSlots();
    List<CompletableFuture<ShardReply>> rest = submit(100);

    answer(0);
    awaitEntries(GroupCommit.IN_FLIGHT_MAX + 1);
    assertThat(first.getFirst()).isCompletedWithValue(REPLY);
    assertThat(log.getLast().batch().commands()).hasSize(100);
    assertThat(log.getLast().batch().stampedAtMillis()).isEqualTo(1234);

    answer(log.size() - 1);
    assertThat(rest).allSatisfy(each -> assertThat(each).isCompletedWithValue(REPLY));
  }

  @Test
  void submit_moreThanAnEntryHolds_makesSeveral() throws Exception {
    submit(2 * GroupCommit.ENTRY_COMMANDS_MAX - 1);
    commit.start();

    awaitEntries(1);
    answer(0);
    awaitEntries(2);
    assertThat(log.get(0).batch().commands()).hasSize(GroupCommit.ENTRY_COMMANDS_MAX);
    assertThat(log.get(1).batch().commands()).hasSize(GroupCommit.ENTRY_COMMANDS_MAX - 1);
  }

  @Test
  void submit_toFullQueue_isRefusedAsBusy() {
    submit(GroupCommit.WAITING_MAX);

    assertThatThrownBy(() -> commit.submit(small()).get(1, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            ShardUnavailableException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ShardUnavailableException.Kind.BUSY);
              assertThat(e.retryDelay()).isPositive();
            });
  }

  @Test
  void submit_largeCommands_areSplitIntoEntriesOfBoundedSize() {
    for (int i = 0; i < 8; i++) {
      var _ = commit.submit(large(100));
    }
    commit.start();

    answerUntil(8);
    assertThat(log).hasSizeGreaterThan(1);
    assertThat(log)
        .allSatisfy(each ->
            assertThat(each.bytes().size()).isLessThanOrEqualTo(GroupCommit.ENTRY_BYTES_TARGET));
  }

  @Test
  void submit_largestReportOfTheContract_fitsAnEntry() {
    commit.start();
    var reply = commit.submit(large(1_000));

    awaitEntries(1);
    assertThat(log.getFirst().bytes().size()).isLessThan(RatisProperties.ENTRY_BYTES_MAX);
    assertThat(reply).isNotDone();
  }

  @Test
  void submit_commandLargerThanAnEntry_isRefusedAloneAndOthersGoOn() {
    commit.start();
    var tooLarge = commit.submit(large(2_000));
    var next = commit.submit(small());

    assertThatThrownBy(() -> tooLarge.get(5, TimeUnit.SECONDS))
        .hasMessageContaining("expected a command of at most");
    awaitEntries(1);
    answer(0);
    assertThat(next).isCompletedWithValue(REPLY);
  }

  @Test
  void refused_entry_failsItsCommandsAndFreesItsSlot() {
    commit.start();
    List<CompletableFuture<ShardReply>> first = fillSlots();
    var waiting = commit.submit(small());

    commit.refused(
        log.getFirst().callId(), Refusals.of(ShardUnavailableException.Kind.UNKNOWN, "lost"));

    assertThat(first.getFirst()).isCompletedExceptionally();
    awaitEntries(GroupCommit.IN_FLIGHT_MAX + 1);
    answer(log.size() - 1);
    assertThat(waiting).isCompletedWithValue(REPLY);
  }

  @Test
  void close_withCommandsTaken_waitsForThem() throws Exception {
    commit.start();
    fillSlots();
    List<CompletableFuture<ShardReply>> taken = submit(10);
    Thread closing = Thread.ofVirtual().start(commit::close);

    answerUntil(10 + GroupCommit.IN_FLIGHT_MAX);
    closing.join();
    assertThat(taken).allSatisfy(each -> assertThat(each).isCompletedWithValue(REPLY));
    assertThat(commit.submit(small())).isCompletedExceptionally();
  }

  /// One entry in each slot, with one command.
  private List<CompletableFuture<ShardReply>> fillSlots() {
    List<CompletableFuture<ShardReply>> replies = new ArrayList<>();
    for (int i = 1; i <= GroupCommit.IN_FLIGHT_MAX; i++) {
      replies.add(commit.submit(small()));
      awaitEntries(i);
    }
    return replies;
  }

  private List<CompletableFuture<ShardReply>> submit(int commands) {
    List<CompletableFuture<ShardReply>> replies = new ArrayList<>();
    for (int i = 0; i < commands; i++) {
      replies.add(commit.submit(small()));
    }
    return replies;
  }

  private void awaitEntries(int entries) {
    await().pollDelay(0, TimeUnit.MILLISECONDS).until(() -> log.size() >= entries);
  }

  private void answer(int entry) {
    Appended appended = log.get(entry);
    commit.applied(
        appended.callId(), Collections.nCopies(appended.batch().commands().size(), REPLY));
  }

  private void answerUntil(int commands) {
    int answered = 0;
    for (int entry = 0; answered < commands; entry++) {
      awaitEntries(entry + 1);
      answer(entry);
      answered += log.get(entry).batch().commands().size();
    }
  }

  private static ShardCommand small() {
    return TestStore.report("anna", "");
  }

  private static ShardCommand large(int events) {
    var event =
        new NewEvent(
            new UserId("u".repeat(128)),
            "s".repeat(128),
            1,
            "d".repeat(4096),
            "e".repeat(128),
            1,
            false,
            1);
    return new ShardCommand.ReportEvents(Collections.nCopies(events, event));
  }
}
