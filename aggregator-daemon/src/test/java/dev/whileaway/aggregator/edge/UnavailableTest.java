package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import dev.whileaway.aggregator.log.MemoryShardLog;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.log.ShardUnavailableException.Kind;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ListShardsRequest;
import dev.whileaway.v1.PullDueRequest;
import dev.whileaway.v1.PullDueResponse;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ShardRole;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What callers are told when a shard cannot answer.
class UnavailableTest {

  private static SickLog log;
  private static EdgeFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    MovableClock clock = new MovableClock();
    log = new SickLog(new MemoryShardLog(4, ShardLimits.STANDARD, clock));
    fixture = new EdgeFixture(EdgeFixture.settings(List.of(), Optional.empty()), clock, log);
  }

  @AfterEach
  void heal() {
    log.heal();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void notLeader_isUnavailable_withTheLeadersAddress() {
    log.sick(
        0,
        new ShardUnavailableException(
            Kind.NOT_LEADER,
            Optional.of(new ShardLog.Leader(new ShardLog.NodeId("node-2"), "10.0.0.2:7400")),
            "node-2 leads shard-0"));

    StatusRuntimeException refused = report();

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
    ErrorInfo info = EdgeFixture.detail(refused, ErrorInfo.class).orElseThrow();
    assertThat(info.getReason()).isEqualTo("NOT_LEADER");
    assertThat(info.getMetadataMap())
        .containsEntry("leader", "node-2")
        .containsEntry("leader_address", "10.0.0.2:7400");
    assertThat(EdgeFixture.retry(refused)).isPresent();
  }

  @Test
  void busy_isResourceExhausted_withADelay_alsoOverHttp() throws Exception {
    log.sick(0, new ShardUnavailableException(Kind.BUSY, Optional.empty(), "too much is in flight"));

    StatusRuntimeException refused = report();

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(EdgeFixture.retry(refused).orElseThrow().getRetryDelay().getNanos())
        .isEqualTo(200_000_000);
    var http =
        fixture.post(
            "/v1/events:report",
            "{\"events\":[{\"recipient\":\"%s\",\"type\":\"message\"}]}".formatted(userOfShard0()));
    assertThat(http.statusCode()).isEqualTo(429);
    assertThat(http.headers().firstValue("retry-after")).contains("1");
    assertThat(http.body()).contains("SHARD_BUSY", "retryDelay");
  }

  @Test
  void unknownOutcome_isAborted_whichNoClientRepeatsByItself() { // TRAPS 47
    log.sick(0, new ShardUnavailableException(Kind.UNKNOWN, Optional.empty(), "leader changed"));

    StatusRuntimeException refused = report();

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.ABORTED);
    assertThat(EdgeFixture.reason(refused)).isEqualTo("OUTCOME_UNKNOWN");
    assertThat(EdgeFixture.retry(refused)).isEmpty();
  }

  @Test
  void bug_isInternal_withAnIncidentAndWithoutItsText() {
    log.sick(0, new IllegalStateException("secret of the house"));

    StatusRuntimeException refused = report();

    assertThat(refused.getStatus().getCode()).isEqualTo(Code.INTERNAL);
    assertThat(refused.getMessage()).contains("incident").doesNotContain("secret");
    assertThat(EdgeFixture.reason(refused)).isEqualTo("BUG");
  }

  @Test
  void pull_oneSickShard_doesNotKeepTheOthersBack() { // TRAPS 8, 16
    IntStream.range(0, 20).forEach(i -> report("user-" + i));
    fixture.clock.advance(Duration.ofHours(1));
    log.sick(0, new ShardUnavailableException(Kind.BUSY, Optional.empty(), "busy"));

    assertThat(pull().getDueList()).isNotEmpty();

    log.sick(0, null);
    assertThat(pull().getDueList()).as("and drains once it is well again").isNotEmpty();
  }

  @Test
  void pull_everyShardSick_saysSo() {
    IntStream.range(0, 4)
        .forEach(
            i -> log.sick(i, new ShardUnavailableException(Kind.BUSY, Optional.empty(), "busy")));

    assertThat(catchThrowableOfType(StatusRuntimeException.class, this::pull).getStatus().getCode())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void failedShard_makesHealthSaySo_andStillAppearsInTheList() throws Exception {
    log.fail(2);

    assertThat(fixture.get("/health").statusCode()).isEqualTo(503);
    assertThat(fixture.get("/health").body()).contains("failed: the log of shards [2]");
    assertThat(
            HealthGrpc.newBlockingStub(fixture.channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(
            AdminServiceGrpc.newBlockingStub(fixture.channel)
                .listShards(ListShardsRequest.getDefaultInstance())
                .getShards(2)
                .getRole())
        .isEqualTo(ShardRole.SHARD_ROLE_FAILED);
  }

  private StatusRuntimeException report() {
    return catchThrowableOfType(StatusRuntimeException.class, () -> report(userOfShard0()));
  }

  private static String userOfShard0() {
    var map = new dev.whileaway.aggregator.log.ShardMap(4);
    return IntStream.range(0, 1000)
        .mapToObj(i -> "user-" + i)
        .filter(user -> map.shardOf(new dev.whileaway.aggregator.shard.UserId(user)).value() == 0)
        .findFirst()
        .orElseThrow();
  }

  private void report(String user) {
    var unused =
        EventServiceGrpc.newBlockingStub(fixture.channel)
            .report(
                ReportRequest.newBuilder()
                    .addEvents(Event.newBuilder().setRecipient(user).setType("message"))
                    .build());
  }

  private PullDueResponse pull() {
    return DigestServiceGrpc.newBlockingStub(fixture.channel)
        .pullDue(
            PullDueRequest.newBuilder()
                .setWorker("w")
                .setLimit(10)
                .setLeaseTtl(Durations.fromMinutes(1))
                .build());
  }

  /// A log whose shards fail as a test wishes.
  private static final class SickLog implements ShardLog {

    private final ShardLog well;
    private final Throwable[] sickness = new Throwable[4]; // by shard
    private final boolean[] failed = new boolean[4];
    private final List<BiConsumer<ShardId, Role>> listeners = new CopyOnWriteArrayList<>();

    SickLog(ShardLog well) {
      this.well = well;
    }

    void sick(int shard, Throwable thrown) {
      sickness[shard] = thrown;
    }

    void heal() {
      for (int shard = 0; shard < 4; shard++) {
        sickness[shard] = null;
        failed[shard] = false;
      }
    }

    void fail(int shard) {
      failed[shard] = true;
      listeners.forEach(listener -> listener.accept(new ShardId(shard), Role.FAILED));
    }

    @Override
    public int shards() {
      return well.shards();
    }

    @Override
    public CompletionStage<ShardReply> submit(ShardId shard, ShardCommand command) {
      Throwable thrown = sickness[shard.value()];
      return thrown == null ? well.submit(shard, command) : CompletableFuture.failedFuture(thrown);
    }

    @Override
    public <T> CompletionStage<T> read(ShardId shard, Function<ShardView, T> query) {
      Throwable thrown = sickness[shard.value()];
      return thrown == null ? well.read(shard, query) : CompletableFuture.failedFuture(thrown);
    }

    @Override
    public Status status(ShardId shard) {
      return failed[shard.value()]
          ? new Status(Role.FAILED, Optional.empty(), 0, 0)
          : well.status(shard);
    }

    @Override
    public void onRoleChange(BiConsumer<ShardId, Role> listener) {
      listeners.add(listener);
    }

    @Override
    public CompletionStage<Void> snapshot(ShardId shard) {
      return well.snapshot(shard);
    }

    @Override
    public NodeId node() {
      return well.node();
    }

    @Override
    public void close() {
      well.close();
    }
  }
}
