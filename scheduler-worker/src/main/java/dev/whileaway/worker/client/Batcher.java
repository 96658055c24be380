package dev.whileaway.worker.client;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Joins the requests of many threads into few calls: what arrives while one call is under way goes
/// out together in the next. Nobody waits for company, and one call at a time is under way.
///
/// @param <Q> an item of the request
/// @param <A> its answer
final class Batcher<Q, A> {

  private final int itemsMax;
  private final Function<List<Q>, List<A>> call;
  private final Queue<Waiting<Q, A>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean flushing = new AtomicBoolean();

  /// @param call answers each item, in order
  Batcher(int itemsMax, Function<List<Q>, List<A>> call) {
    this.itemsMax = itemsMax;
    this.call = call;
  }

  /// Blocks until the item is answered.
  ///
  /// @throws RuntimeException what the call threw
  A ask(Q item) {
    Waiting<Q, A> waiting = new Waiting<>(item, new CompletableFuture<>());
    queue.add(waiting);
    flushSoon();
    try {
      return waiting.answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void flushSoon() {
    if (!queue.isEmpty() && flushing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("batcher").start(this::flush);
    }
  }

  private void flush() {
    try {
      for (var batch = take(); !batch.isEmpty(); batch = take()) {
        answer(batch);
      }
    } finally {
      flushing.set(false);
      flushSoon(); // What came between the last look and now.
    }
  }

  private List<Waiting<Q, A>> take() {
    List<Waiting<Q, A>> batch = new ArrayList<>();
    while (batch.size() < itemsMax && queue.poll() instanceof Waiting<Q, A> waiting) {
      batch.add(waiting);
    }
    return batch;
  }

  private void answer(List<Waiting<Q, A>> batch) {
    try {
      List<A> answers = call.apply(batch.stream().map(Waiting::item).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException(
            "expected %d answers, but found %d".formatted(batch.size(), answers.size()));
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer.complete(answers.get(i));
      }
    } catch (StatusRuntimeException e) {
      refused(batch, e);
    } catch (Throwable e) {
      batch.forEach(waiting -> waiting.answer.completeExceptionally(e));
    }
  }

  /// A batch is refused as a whole for one item that is wrong: alone, the others pass.
  private void refused(List<Waiting<Q, A>> batch, StatusRuntimeException refusal) {
    if (batch.size() == 1 || Retry.transientFailure(refusal.getStatus())) {
      batch.forEach(waiting -> waiting.answer.completeExceptionally(refusal));
      return;
    }
    batch.forEach(waiting -> answer(List.of(waiting)));
  }

  private record Waiting<Q, A>(Q item, CompletableFuture<A> answer) {}
}
