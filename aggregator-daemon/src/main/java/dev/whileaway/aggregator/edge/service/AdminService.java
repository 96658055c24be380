package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.edge.story.Story;
import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply.ProfileChanged;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.ListShardsRequest;
import dev.whileaway.v1.ListShardsResponse;
import dev.whileaway.v1.ShardInfo;
import dev.whileaway.v1.ShardRole;
import dev.whileaway.v1.TakeSnapshotRequest;
import dev.whileaway.v1.TakeSnapshotResponse;
import dev.whileaway.v1.WatchRequest;
import dev.whileaway.v1.WatchResponse;
import dev.whileaway.v1.WhyRequest;
import dev.whileaway.v1.WhyResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What operators ask.
public final class AdminService extends AdminServiceGrpc.AdminServiceImplBase {

  private final Shards shards;
  private final Wire wire;
  private final Story story;

  public AdminService(Shards shards, TypeNames types) {
    this.shards = shards;
    this.wire = new Wire(types);
    this.story = new Story(types::name);
  }

  @Override
  public void why(WhyRequest request, StreamObserver<WhyResponse> observer) {
    UserId user = new UserId(request.getUser());
    Answer.with(
        shards.read(user, view -> Story.Facts.of(view, user)).thenApply(this::tell), observer);
  }

  private WhyResponse tell(Story.Facts facts) {
    return WhyResponse.newBuilder()
        .addAllStory(story.lines(facts))
        .setNow(story.now(facts))
        .setBacklog(wire.backlog(facts.backlog()))
        .build();
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
    UserId user = new UserId(request.getUser());
    ShardCommand command = new ShardCommand.WatchUser(user, request.getWatched());
    Answer.with(
        shards
            .submit(user, command, ProfileChanged.class)
            .thenApply(reply -> WatchResponse.newBuilder().setChanged(reply.changed()).build()),
        observer);
  }

  @Override
  public void listShards(ListShardsRequest request, StreamObserver<ListShardsResponse> observer) {
    Answer.with(
        infos()
            .thenApply(infos ->
                ListShardsResponse.newBuilder()
                    .setNode(shards.log().node().value())
                    .addAllShards(infos)
                    .build()),
        observer);
  }

  @Override
  public void takeSnapshot(
      TakeSnapshotRequest request, StreamObserver<TakeSnapshotResponse> observer) {
    List<CompletionStage<ShardId>> snapshots =
        shards.led().stream()
            .map(shard -> shards.log().snapshot(shard).thenApply(durable -> shard))
            .toList();
    Answer.with(
        Shards.all(snapshots)
            .thenCompose(taken -> infos())
            .thenApply(infos -> TakeSnapshotResponse.newBuilder().addAllShards(infos).build()),
        observer);
  }

  private CompletionStage<List<ShardInfo>> infos() {
    return Shards.all(shards.all().stream().map(this::info).toList());
  }

  /// A shard that cannot be read is shown with what is known of it: that is when operators look.
  private CompletionStage<ShardInfo> info(ShardId shard) {
    ShardLog.Status status = shards.log().status(shard);
    ShardInfo known = known(shard, status);
    if (status.role() != ShardLog.Role.LEADER) {
      return CompletableFuture.completedFuture(known);
    }
    return shards.log().read(shard, view -> counted(known, view)).exceptionally(thrown -> known);
  }

  private static ShardInfo known(ShardId shard, ShardLog.Status status) {
    ShardInfo.Builder info =
        ShardInfo.newBuilder()
            .setShard(shard.value())
            .setRole(role(status.role()))
            .setAppliedIndex(Math.max(0, status.appliedIndex()))
            .setSnapshotIndex(Math.max(0, status.snapshotIndex()));
    status
        .leader()
        .ifPresent(
            leader -> info.setLeader(leader.node().value()).setLeaderAddress(leader.address()));
    return info.build();
  }

  private static ShardInfo counted(ShardInfo known, ShardView view) {
    ShardInfo.Builder info =
        known.toBuilder().setBacklogs(view.backlogs()).setPendingEvents(view.pendingEvents());
    view.nextWakeAtMillis().ifPresent(at -> info.setOldestDueAt(Wire.timestamp(at)));
    return info.build();
  }

  private static ShardRole role(ShardLog.Role role) {
    return switch (role) {
      case LEADER -> ShardRole.SHARD_ROLE_LEADER;
      case FOLLOWER -> ShardRole.SHARD_ROLE_FOLLOWER;
      case STARTING -> ShardRole.SHARD_ROLE_STARTING;
      case FAILED -> ShardRole.SHARD_ROLE_FAILED;
    };
  }
}
