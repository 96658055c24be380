package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.edge.meter.EdgeMeters;
import dev.whileaway.aggregator.shard.LeaseKey;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.BeginSendRequest;
import dev.whileaway.v1.BeginSendResponse;
import dev.whileaway.v1.BeginSendResult;
import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.CancelRequest;
import dev.whileaway.v1.CancelResponse;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.ConfirmRequest;
import dev.whileaway.v1.ConfirmResponse;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.LeaseLost;
import dev.whileaway.v1.NoteStepsRequest;
import dev.whileaway.v1.NoteStepsResponse;
import dev.whileaway.v1.PullDueRequest;
import dev.whileaway.v1.PullDueResponse;
import dev.whileaway.v1.SettleResult;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Leases due backlogs to workers and takes their answers. The items of a call go to their shards
/// one by one; the log batches them there. If a shard fails, the whole call does, and may be
/// repeated: shards repeat their answers.
public final class DigestService extends DigestServiceGrpc.DigestServiceImplBase {

  private final Shards shards;
  private final Puller puller;
  private final Wire wire;
  private final EdgeMeters meters;

  public DigestService(Shards shards, TypeNames types, EdgeMeters meters, InstantSource clock) {
    this.shards = shards;
    this.puller = new Puller(shards, clock);
    this.wire = new Wire(types);
    this.meters = meters;
  }

  @Override
  public void pullDue(PullDueRequest request, StreamObserver<PullDueResponse> observer) {
    Puller.Wish wish =
        new Puller.Wish(
            request.getWorker(),
            request.getLimit(),
            Wire.millis(request.getLeaseTtl()),
            Set.copyOf(request.getChannelsList()),
            request.getRetractions());
    Answer.with(puller.pull(wish).thenApply(this::response), observer);
  }

  private PullDueResponse response(ShardReply.Pulled pulled) {
    PullDueResponse.Builder response = PullDueResponse.newBuilder();
    pulled.due().forEach(leased -> response.addDue(wire.due(leased)));
    pulled.retractions().forEach(push -> response.addRetractions(Wire.retraction(push)));
    pulled.nextDueAtMillis().ifPresent(at -> response.setNextDueAt(Wire.timestamp(at)));
    return response.build();
  }

  @Override
  public void beginSend(BeginSendRequest request, StreamObserver<BeginSendResponse> observer) {
    Answer.with(
        each(request.getItemsList(), this::begin)
            .thenApply(results -> BeginSendResponse.newBuilder().addAllResults(results).build()),
        observer);
  }

  private CompletionStage<BeginSendResult> begin(BeginSendItem item) {
    LeaseKey lease = Wire.lease(item.getLease());
    return shards
        .submit(
            lease.user(), new ShardCommand.BeginSend(lease, Wire.intent(item)), ShardReply.class)
        .thenApply(this::begun);
  }

  private BeginSendResult begun(ShardReply reply) {
    return switch (reply) {
      case ShardReply.Go() ->
          BeginSendResult.newBuilder().setGo(BeginSendResult.Go.getDefaultInstance()).build();
      case ShardReply.Stale(var left) -> {
        meters.stale();
        yield BeginSendResult.newBuilder().setStale(wire.due(left)).build();
      }
      case ShardReply.LeaseLost lost ->
          BeginSendResult.newBuilder().setLeaseLost(lost(lost)).build();
      case ShardReply.Reported _,
          ShardReply.Cleared _,
          ShardReply.ProfileChanged _,
          ShardReply.Pulled _,
          ShardReply.Settled _ ->
          throw unexpected(reply);
    };
  }

  @Override
  public void confirm(ConfirmRequest request, StreamObserver<ConfirmResponse> observer) {
    Answer.with(
        each(request.getItemsList(), this::confirm)
            .thenApply(results -> ConfirmResponse.newBuilder().addAllResults(results).build()),
        observer);
  }

  private CompletionStage<SettleResult> confirm(ConfirmItem item) {
    LeaseKey lease = Wire.lease(item.getLease());
    ShardCommand command =
        new ShardCommand.ConfirmLease(
            lease, item.getReason(), item.getDeliveriesList(), item.getDetail());
    return settle(lease, command, () -> meters.confirmed(item));
  }

  @Override
  public void cancel(CancelRequest request, StreamObserver<CancelResponse> observer) {
    Answer.with(
        each(request.getItemsList(), this::cancel)
            .thenApply(results -> CancelResponse.newBuilder().addAllResults(results).build()),
        observer);
  }

  private CompletionStage<SettleResult> cancel(CancelItem item) {
    LeaseKey lease = Wire.lease(item.getLease());
    ShardCommand command =
        new ShardCommand.CancelLease(
            lease,
            Wire.millis(item.getTimeout()),
            Wire.flags(item.getFlagsList()),
            item.getReason(),
            item.getDeliveriesList(),
            item.getDetail());
    return settle(lease, command, () -> meters.cancelled(item));
  }

  @Override
  public void noteSteps(NoteStepsRequest request, StreamObserver<NoteStepsResponse> observer) {
    LeaseKey lease = Wire.lease(request.getLease());
    ShardCommand command = new ShardCommand.NoteSteps(lease, request.getStepsList());
    Answer.with(
        shards
            .submit(lease.user(), command, ShardReply.Settled.class)
            .thenApply(noted -> NoteStepsResponse.getDefaultInstance()),
        observer);
  }

  private CompletionStage<SettleResult> settle(
      LeaseKey lease, ShardCommand command, Runnable count) {
    return shards
        .submit(lease.user(), command, ShardReply.class)
        .thenApply(reply -> {
          SettleResult result = settled(reply);
          if (result.hasSettled()) {
            count.run();
          }
          return result;
        });
  }

  private SettleResult settled(ShardReply reply) {
    return switch (reply) {
      case ShardReply.Settled() ->
          SettleResult.newBuilder().setSettled(SettleResult.Settled.getDefaultInstance()).build();
      case ShardReply.LeaseLost lost -> SettleResult.newBuilder().setLeaseLost(lost(lost)).build();
      case ShardReply.Reported _,
          ShardReply.Cleared _,
          ShardReply.ProfileChanged _,
          ShardReply.Pulled _,
          ShardReply.Go _,
          ShardReply.Stale _ ->
          throw unexpected(reply);
    };
  }

  private LeaseLost lost(ShardReply.LeaseLost lost) {
    meters.leaseLost();
    return LeaseLost.newBuilder().setReason(lost.reason()).build();
  }

  private static IllegalStateException unexpected(ShardReply reply) {
    return new IllegalStateException("expected an answer to a lease, but found " + reply);
  }

  private static <I, R> CompletionStage<List<R>> each(
      List<I> items, Function<I, CompletionStage<R>> submit) {
    return Shards.all(items.stream().map(submit).toList());
  }
}
