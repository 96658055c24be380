package dev.whileaway.aggregator.edge.service;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;

/// Answers a unary call when a stage completes, from the thread that completes it.
final class Answer {

  private Answer() {}

  /// A throwable goes on as it is: the status interceptor knows what to make of it.
  static <A> void with(CompletionStage<A> stage, StreamObserver<A> observer) {
    stage.whenComplete((answer, thrown) -> {
      if (thrown != null) {
        observer.onError(thrown);
      } else {
        observer.onNext(answer);
        observer.onCompleted();
      }
    });
  }
}
