package dev.whileaway.worker.client;

import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.BeginSendRequest;
import dev.whileaway.v1.BeginSendResult;
import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.CancelRequest;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.ConfirmRequest;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.NoteStepsRequest;
import dev.whileaway.v1.PullDueRequest;
import dev.whileaway.v1.PullDueResponse;
import dev.whileaway.v1.SettleResult;
import dev.whileaway.v1.Step;
import dev.whileaway.worker.pipeline.DigestAnswers;
import dev.whileaway.worker.pipeline.LedgerText;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.pull.Wish;
import dev.whileaway.worker.retract.SeenPush;
import dev.whileaway.worker.watch.Watch;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;

/// Leases, at the daemons' DigestService.
public final class DigestClient implements DigestAnswers, Watch.Ledger {

  /// Items of one call (digests.proto).
  private static final int ITEMS_MAX = 1000;

  private final DigestServiceGrpc.DigestServiceBlockingStub stub;
  private final Retry retry;
  private final Batcher<BeginSendItem, BeginSendResult> begins;
  private final Batcher<ConfirmItem, SettleResult> confirms;
  private final Batcher<CancelItem, SettleResult> cancels;

  public DigestClient(Channel daemon, Retry retry) {
    this.retry = retry;
    stub = DigestServiceGrpc.newBlockingStub(daemon);
    begins = new Batcher<>(ITEMS_MAX, items -> retry.call(() -> begin(items)));
    confirms = new Batcher<>(ITEMS_MAX, items -> retry.call(() -> confirm(items)));
    cancels = new Batcher<>(ITEMS_MAX, items -> retry.call(() -> cancel(items)));
  }

  /// Claims due backlogs. Not repeated here: the next tick is soon, and what was claimed by a call
  /// whose answer got lost is due again when the lease runs out.
  public Pulled pull(String worker, Wish wish, Duration leaseTtl) {
    PullDueRequest request =
        PullDueRequest.newBuilder()
            .setWorker(worker)
            .setLimit(Math.min(wish.limit(), ITEMS_MAX))
            .addAllChannels(wish.channels())
            .setLeaseTtl(Wire.duration(leaseTtl))
            .setRetractions(true)
            .build();
    PullDueResponse response = Calls.bounded(stub).pullDue(request);
    return new Pulled(
        response.getDueList().stream().map(Wire::due).toList(),
        response.getRetractionsList().stream().map(Wire::seen).toList());
  }

  /// @param seen pushes to take back; nobody asks for them again
  public record Pulled(List<Due> due, List<SeenPush> seen) {}

  @Override
  public Begun begin(Lease lease, Plan.Tell tell) {
    BeginSendResult result = begins.ask(Wire.begin(lease, tell));
    return switch (result.getResultCase()) {
      case GO -> new Go();
      case STALE -> new Stale(Wire.due(result.getStale()));
      case LEASE_LOST -> new LeaseLost(result.getLeaseLost().getReason());
      case RESULT_NOT_SET ->
          throw new IllegalStateException("expected go, stale or lease_lost, but found nothing");
    };
  }

  @Override
  public Settled settle(Lease lease, Plan.Answer answer, List<Delivery> deliveries) {
    SettleResult result =
        switch (answer) {
          case Plan.Confirm confirm -> confirms.ask(item(lease, confirm, deliveries));
          case Plan.Cancel cancel -> cancels.ask(item(lease, cancel, deliveries));
        };
    return switch (result.getResultCase()) {
      case SETTLED -> new Done();
      case LEASE_LOST -> new LeaseLost(result.getLeaseLost().getReason());
      case RESULT_NOT_SET ->
          throw new IllegalStateException("expected settled or lease_lost, but found nothing");
    };
  }

  @Override
  public void note(Lease lease, List<Step> steps) {
    NoteStepsRequest request =
        NoteStepsRequest.newBuilder().setLease(Wire.lease(lease)).addAllSteps(steps).build();
    var _ = retry.call(() -> Calls.bounded(stub).noteSteps(request));
  }

  private static ConfirmItem item(Lease lease, Plan.Confirm confirm, List<Delivery> deliveries) {
    return ConfirmItem.newBuilder()
        .setLease(Wire.lease(lease))
        .setReason(confirm.reason())
        .setDetail(LedgerText.clip(confirm.words()))
        .addAllDeliveries(deliveries)
        .build();
  }

  private static CancelItem item(Lease lease, Plan.Cancel cancel, List<Delivery> deliveries) {
    return CancelItem.newBuilder()
        .setLease(Wire.lease(lease))
        .setTimeout(Wire.duration(cancel.delay()))
        .addAllFlags(cancel.flags())
        .setReason(cancel.reason())
        .setDetail(LedgerText.clip(cancel.words()))
        .addAllDeliveries(deliveries)
        .build();
  }

  private List<BeginSendResult> begin(List<BeginSendItem> items) {
    BeginSendRequest request = BeginSendRequest.newBuilder().addAllItems(items).build();
    return Calls.bounded(stub).beginSend(request).getResultsList();
  }

  private List<SettleResult> confirm(List<ConfirmItem> items) {
    ConfirmRequest request = ConfirmRequest.newBuilder().addAllItems(items).build();
    return Calls.bounded(stub).confirm(request).getResultsList();
  }

  private List<SettleResult> cancel(List<CancelItem> items) {
    CancelRequest request = CancelRequest.newBuilder().addAllItems(items).build();
    return Calls.bounded(stub).cancel(request).getResultsList();
  }
}
