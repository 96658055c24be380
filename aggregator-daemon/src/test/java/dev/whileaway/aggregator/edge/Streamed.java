package dev.whileaway.aggregator.edge;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Collects a stream's answers.
final class Streamed<A> implements StreamObserver<A> {

  private final List<A> answers = new ArrayList<>();
  private final CompletableFuture<List<A>> done = new CompletableFuture<>();

  <Q> List<A> run(Function<StreamObserver<A>, StreamObserver<Q>> call, List<Q> requests)
      throws Exception {
    StreamObserver<Q> out = call.apply(this);
    requests.forEach(out::onNext);
    out.onCompleted();
    return done.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void onNext(A answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable thrown) {
    done.completeExceptionally(thrown);
  }

  @Override
  public void onCompleted() {
    done.complete(answers);
  }
}
