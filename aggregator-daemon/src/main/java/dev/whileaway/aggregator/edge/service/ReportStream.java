package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.edge.rules.FieldChecker;
import dev.whileaway.aggregator.edge.rules.RefusedException;
import dev.whileaway.aggregator.edge.status.Statuses;
import dev.whileaway.v1.Refusal;
import dev.whileaway.v1.ReportResponse;
import dev.whileaway.v1.ReportStreamRequest;
import dev.whileaway.v1.ReportStreamResponse;
import dev.whileaway.v1.Violation;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One client's stream of reports. A request that fails is refused by an answer of its own.
final class ReportStream implements StreamObserver<ReportStreamRequest> {

  private static final int IN_WORK_MAX = 64;

  private final Reporter reporter;
  private final FieldChecker checker;
  private final ServerCallStreamObserver<ReportStreamResponse> out;
  private final InFlight inFlight;

  ReportStream(
      Reporter reporter, FieldChecker checker, ServerCallStreamObserver<ReportStreamResponse> out) {
    this.reporter = reporter;
    this.checker = checker;
    this.out = out;
    this.inFlight = new InFlight(out, IN_WORK_MAX, out::onCompleted);
  }

  @Override
  public void onNext(ReportStreamRequest request) {
    inFlight.add(
        report(request),
        (reported, thrown) -> out.onNext(answer(request.getRequestId(), reported, thrown)));
  }

  private CompletionStage<ReportResponse> report(ReportStreamRequest request) {
    List<Violation> violations = checker.check(request);
    return violations.isEmpty()
        ? reporter.report(request.getEventsList())
        : CompletableFuture.failedFuture(new RefusedException(violations));
  }

  private static ReportStreamResponse answer(
      long requestId, @Nullable ReportResponse reported, @Nullable Throwable thrown) {
    ReportStreamResponse.Builder answer = ReportStreamResponse.newBuilder().setRequestId(requestId);
    if (thrown != null) {
      answer.setRefused(refusal(thrown));
    } else if (reported != null) {
      answer.setReported(reported);
    }
    return answer.build();
  }

  private static Refusal refusal(Throwable thrown) {
    StatusRuntimeException status = Statuses.of(thrown);
    Refusal.Builder refusal =
        Refusal.newBuilder()
            .setCode(status.getStatus().getCode().value())
            .setMessage(String.valueOf(status.getStatus().getDescription()));
    if (thrown instanceof RefusedException refused) {
      refusal.addAllViolations(refused.violations());
    }
    return refusal.build();
  }

  @Override
  public void onError(Throwable gone) {
    inFlight.end();
  }

  @Override
  public void onCompleted() {
    inFlight.halfClose();
  }
}
