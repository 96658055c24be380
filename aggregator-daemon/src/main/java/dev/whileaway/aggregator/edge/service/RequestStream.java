package dev.whileaway.aggregator.edge.service;

import com.google.protobuf.Message;
import dev.whileaway.aggregator.edge.rules.FieldChecker;
import dev.whileaway.aggregator.edge.rules.RefusedException;
import dev.whileaway.aggregator.edge.status.Statuses;
import dev.whileaway.v1.Refusal;
import dev.whileaway.v1.Violation;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// One client's stream of requests that each have an answer, in any order. A request that fails is
/// refused by an answer of its own.
///
/// @param <Q> a request
/// @param <A> its answer
final class RequestStream<Q extends Message, A> implements StreamObserver<Q> {

  /// Twice what a busy client has under way: more is asked for only when a quarter of it is done,
  /// and the others must not wait for that.
  private static final int IN_WORK_MAX = 128;

  private final Kind<Q, A> kind;
  private final FieldChecker checker;
  private final ServerCallStreamObserver<A> out;
  private final InFlight inFlight;

  RequestStream(Kind<Q, A> kind, FieldChecker checker, StreamObserver<A> observer) {
    this.kind = kind;
    this.checker = checker;
    this.out = (ServerCallStreamObserver<A>) observer;
    this.inFlight = new InFlight(out, IN_WORK_MAX, out::onCompleted);
  }

  /// What is done with the requests of such a stream.
  interface Kind<Q, A> {

    /// Does what a well-formed request asks for.
    CompletionStage<A> answer(Q request);

    A refused(Q request, Refusal refusal);
  }

  @Override
  public void onNext(Q request) {
    inFlight.add(
        answer(request),
        (answer, thrown) ->
            out.onNext(thrown == null ? Objects.requireNonNull(answer) : refused(request, thrown)));
  }

  private CompletionStage<A> answer(Q request) {
    List<Violation> violations = checker.check(request);
    return violations.isEmpty()
        ? kind.answer(request)
        : CompletableFuture.failedFuture(new RefusedException(violations));
  }

  private A refused(Q request, Throwable thrown) {
    StatusRuntimeException status = Statuses.of(thrown);
    Refusal.Builder refusal =
        Refusal.newBuilder()
            .setCode(status.getStatus().getCode().value())
            .setMessage(String.valueOf(status.getStatus().getDescription()));
    if (thrown instanceof RefusedException wrong) {
      refusal.addAllViolations(wrong.violations());
    }
    return kind.refused(request, refusal.build());
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
