package dev.whileaway.benchmarks.whileaway;

import dev.whileaway.v1.Refusal;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A stream of numbered requests, whose answers come in any order. Opened by the first request.
final class RequestStream<Q, A> implements StreamObserver<A> {

  private final Map<Long, CompletableFuture<A>> unanswered = new ConcurrentHashMap<>();
  private final Function<StreamObserver<A>, StreamObserver<Q>> open;
  private final ToLongFunction<A> idOf;
  private @Nullable StreamObserver<Q> requests;
  private long lastId;

  RequestStream(Function<StreamObserver<A>, StreamObserver<Q>> open, ToLongFunction<A> idOf) {
    this.open = open;
    this.idOf = idOf;
  }

  /// One at a time: a stream takes requests from one thread.
  synchronized CompletionStage<A> send(LongFunction<Q> numbered) {
    var answer = new CompletableFuture<A>();
    long id = ++lastId;
    unanswered.put(id, answer);
    if (requests == null) {
      requests = open.apply(this);
    }
    requests.onNext(numbered.apply(id));
    return answer;
  }

  static void require(boolean taken, Refusal refusal) {
    if (!taken) {
      throw new IllegalStateException("expected an answer, but found " + refusal.getMessage());
    }
  }

  @Override
  public void onNext(A answer) {
    CompletableFuture<A> waiting = unanswered.remove(idOf.applyAsLong(answer));
    if (waiting == null) {
      throw new IllegalStateException(
          "expected the answer to a request, but found " + idOf.applyAsLong(answer));
    }
    waiting.complete(answer);
  }

  @Override
  public void onError(Throwable failure) {
    unanswered.values().forEach(answer -> answer.completeExceptionally(failure));
  }

  @Override
  public void onCompleted() {}
}
