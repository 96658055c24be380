package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.BacklogState;
import dev.whileaway.v1.DueBacklog;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.ListShardsRequest;
import dev.whileaway.v1.ListShardsResponse;
import dev.whileaway.v1.NoteStepsRequest;
import dev.whileaway.v1.ShardRole;
import dev.whileaway.v1.Step;
import dev.whileaway.v1.TakeSnapshotRequest;
import dev.whileaway.v1.WatchRequest;
import dev.whileaway.v1.WhyLine;
import dev.whileaway.v1.WhyRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `AdminService`, called as an operator's tool calls it.
class AdminServiceTest extends ServiceTest {

  @Test
  void why_tellsTheStory() {
    report(List.of(event("anna", "")));
    fixture.clock.advance(Duration.ofMinutes(30));
    DueBacklog due = pull(10).getDue(0);
    LeaseRef lease = LeaseRef.newBuilder().setUser("anna").setLeaseId(due.getLeaseId()).build();
    begin(lease);
    cancelPushSent(lease);

    var why = admin.why(WhyRequest.newBuilder().setUser("anna").build());

    assertThat(why.getStoryList())
        .extracting(WhyLine::getText)
        .containsExactly(
            "message reported, by bob",
            "leased by worker-1, due at 2026-11-21T12:30:00Z",
            "push sent; the e-mail follows at 2026-11-21T12:40:00Z");
    assertThat(why.getNow())
        .isEqualTo(
            "1 event waits (1 message from 1 sender); the push had its turn, the e-mail is due at"
                + " 2026-11-21T12:40:00Z, in 10 min. No profile is known, so no device and no"
                + " address: nothing can be told.");
    assertThat(why.getBacklog().getState()).isEqualTo(BacklogState.BACKLOG_STATE_WAITING);
  }

  @Test
  void watch_isOfTheProfile_andStepsAreTold() {
    var watch = WatchRequest.newBuilder().setUser("anna").setWatched(true).build();
    assertThat(admin.watch(watch).getChanged()).isTrue();
    assertThat(admin.watch(watch).getChanged()).isFalse();
    assertThat(entry("anna").getProfile().getWatched()).isTrue();

    digests.noteSteps(
        NoteStepsRequest.newBuilder()
            .setLease(LeaseRef.newBuilder().setUser("anna").setLeaseId(1))
            .addSteps(
                Step.newBuilder()
                    .setAt(Timestamps.fromMillis(fixture.clock.millis() + 7))
                    .setWhat("begin-send: GO"))
            .build());

    assertThat(admin.why(WhyRequest.newBuilder().setUser("anna").build()).getStoryList())
        .extracting(WhyLine::getText)
        .containsExactly("begin-send: GO");
  }

  @Test
  void admin_listsShardsAndTakesSnapshots() {
    report(List.of(event("anna", "")));

    ListShardsResponse list = admin.listShards(ListShardsRequest.getDefaultInstance());

    assertThat(list.getShardsList()).hasSize(4);
    assertThat(list.getShardsList())
        .allSatisfy(shard -> assertThat(shard.getRole()).isEqualTo(ShardRole.SHARD_ROLE_LEADER));
    assertThat(list.getShardsList().stream().mapToLong(shard -> shard.getBacklogs()).sum())
        .isEqualTo(1);
    assertThat(admin.takeSnapshot(TakeSnapshotRequest.getDefaultInstance()).getShardsList())
        .hasSize(4);
  }
}
