package dev.whileaway.benchmarks.whileaway;

import com.google.protobuf.Duration;
import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.ClearResponse;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.ConfirmRequest;
import dev.whileaway.v1.ConfirmResponse;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.DueBacklog;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.GetBacklogResponse;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.PullDueRequest;
import dev.whileaway.v1.PullDueResponse;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import dev.whileaway.v1.SettleResult;
import dev.whileaway.v1.TypeTotal;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// One call for each request, all on one connection.
class UnaryClient implements Client {

  private static final Duration LEASE = Duration.newBuilder().setSeconds(60).build();

  private final ManagedChannel channel;
  private final EventServiceGrpc.EventServiceStub events;
  private final DigestServiceGrpc.DigestServiceStub digests;

  UnaryClient(ManagedChannel channel) {
    this.channel = channel;
    this.events = EventServiceGrpc.newStub(channel);
    this.digests = DigestServiceGrpc.newStub(channel);
  }

  @Override
  public CompletionStage<Integer> report(List<WorkEvent> reported) {
    var request = ReportRequest.newBuilder().addAllEvents(Requests.events(reported)).build();
    return Reply.<ReportResponse>to(reply -> events.report(request, reply))
        .thenApply(ReportResponse::getAccepted);
  }

  @Override
  public CompletionStage<Claims> pull(int limit) {
    var request =
        PullDueRequest.newBuilder().setWorker("bench").setLimit(limit).setLeaseTtl(LEASE).build();
    return Reply.<PullDueResponse>to(reply -> digests.pullDue(request, reply))
        .thenApply(answer -> new Leased(answer.getDueList()));
  }

  private record Leased(List<DueBacklog> due) implements Claims {
    @Override
    public int users() {
      return due.size();
    }

    @Override
    public int events() {
      return due.stream().mapToInt(DueBacklog::getEventsCount).sum();
    }
  }

  @Override
  public CompletionStage<Integer> confirm(Claims claims) {
    var request = ConfirmRequest.newBuilder();
    for (DueBacklog due : ((Leased) claims).due()) {
      var lease = LeaseRef.newBuilder().setUser(due.getUser()).setLeaseId(due.getLeaseId());
      request.addItems(ConfirmItem.newBuilder().setLease(lease).setReason(Reason.REASON_SENT));
    }
    return Reply.<ConfirmResponse>to(reply -> digests.confirm(request.build(), reply))
        .thenApply(answer ->
            (int) answer.getResultsList().stream().filter(SettleResult::hasSettled).count());
  }

  @Override
  public CompletionStage<Integer> clear(long user) {
    var request = ClearRequest.newBuilder().setUser(Long.toString(user)).build();
    return Reply.<ClearResponse>to(reply -> events.clear(request, reply)).thenApply(_ -> 1);
  }

  @Override
  public CompletionStage<Integer> waiting(long user) {
    var request = GetBacklogRequest.newBuilder().setUser(Long.toString(user)).build();
    return Reply.<GetBacklogResponse>to(reply -> events.getBacklog(request, reply))
        .thenApply(
            answer -> (int) answer.getTotalsList().stream().mapToLong(TypeTotal::getEvents).sum());
  }

  @Override
  public void close() {
    var _ = channel.shutdownNow();
  }
}
