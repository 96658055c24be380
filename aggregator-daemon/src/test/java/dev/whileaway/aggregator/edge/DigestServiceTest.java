package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.DueBacklog;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.PendingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `DigestService`, called as a worker calls it.
class DigestServiceTest extends ServiceTest {

  @Test
  void digest_fromPullToConfirm() {
    report(List.of(event("anna", "")));
    assertThat(pull(10).getDueList()).isEmpty();
    assertThat(Timestamps.toMillis(pull(10).getNextDueAt()))
        .isEqualTo(fixture.clock.instant().plus(Duration.ofMinutes(30)).toEpochMilli());
    fixture.clock.advance(Duration.ofMinutes(30));

    DueBacklog due = pull(10).getDue(0);
    assertThat(due.getEvents(0).getType()).isEqualTo("message");
    LeaseRef lease =
        LeaseRef.newBuilder().setUser(due.getUser()).setLeaseId(due.getLeaseId()).build();
    assertThat(begin(lease).hasGo()).isTrue();
    assertThat(begin(lease).hasGo()).as("repeated").isTrue();

    assertThat(cancelPushSent(lease).hasSettled()).isTrue();
    assertThat(backlog("anna").getFlagsList()).containsExactly(BacklogFlag.BACKLOG_FLAG_PUSH_SENT);

    assertThat(confirm(lease).hasLeaseLost()).as("a stale answer").isTrue(); // TRAPS 4
    assertThat(begin(lease).hasLeaseLost()).isTrue();
  }

  @Test
  void pull_spreadsItsLimitOverShards_andComesInOrder() {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(event("user-" + i, ""));
      fixture.clock.advance(Duration.ofSeconds(1));
      report(List.of(all.getLast()));
    }
    fixture.clock.advance(Duration.ofHours(1));

    List<DueBacklog> first = pull(8).getDueList();
    ShardMap map = new ShardMap(4);

    assertThat(first)
        .hasSize(8)
        .isSortedAccordingTo((a, b) -> Timestamps.compare(a.getDueAt(), b.getDueAt()));
    assertThat(first.stream().map(due -> map.shardOf(new UserId(due.getUser()))).distinct())
        .hasSize(4);
    assertThat(pull(1000).getDueList()).hasSize(52);
    assertThat(pull(1000).getDueList()).isEmpty();
  }

  @Test
  void pull_whatOneShardDoesNotNeed_goesToTheOthers() {
    ShardMap map = new ShardMap(4);
    List<Event> ofOneShard =
        IntStream.range(0, 1000)
            .mapToObj(i -> "user-" + i)
            .filter(user -> map.shardOf(new UserId(user)).value() == 0)
            .limit(20)
            .map(user -> event(user, ""))
            .toList();
    report(ofOneShard);
    report(
        List.of(
            event(
                IntStream.range(0, 1000)
                    .mapToObj(i -> "other-" + i)
                    .filter(user -> map.shardOf(new UserId(user)).value() == 1)
                    .findFirst()
                    .orElseThrow(),
                "")));
    fixture.clock.advance(Duration.ofHours(1));

    assertThat(pull(16).getDueList()).hasSize(16);
  }

  @Test
  void pull_withNothingDue_writesNothingToTheLog() {
    long before = applied();

    pull(10);

    assertThat(applied()).isEqualTo(before);
  }

  @Test
  void watchedEvent_isPulledAsSuch_othersAreNot() {
    report(List.of(event("anna", ""), event("anna", "").toBuilder().setWatched(true).build()));
    fixture.clock.advance(Duration.ofHours(1));

    assertThat(pull(10).getDue(0).getEventsList())
        .extracting(PendingEvent::getWatched)
        .containsExactly(false, true);
  }

  @Test
  void typeThatTheCatalogueLost_isShownByNumber() throws Exception {
    fixture
        .log
        .submit(
            new ShardMap(4).shardOf(new UserId("anna")),
            new ShardCommand.ReportEvents(
                List.of(
                    new NewEvent(
                        new UserId("anna"), "bob", 17, "", "", 1000, false, 1_000_000_000))))
        .toCompletableFuture()
        .get();
    fixture.clock.advance(Duration.ofMinutes(1));

    assertThat(pull(10).getDue(0).getEvents(0).getType()).isEqualTo("type-17");
  }
}
