package dev.whileaway.benchmarks.whileaway;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The answer to one unary call.
final class Reply<T> implements StreamObserver<T> {

  private final CompletableFuture<T> answer = new CompletableFuture<>();

  private Reply() {}

  /// @param call begins it, with where its answer goes
  static <T> CompletionStage<T> to(Consumer<StreamObserver<T>> call) {
    var reply = new Reply<T>();
    call.accept(reply);
    return reply.answer;
  }

  @Override
  public void onNext(T value) {
    answer.complete(value);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {}
}
