package dev.whileaway.aggregator.edge.service;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Keeps a bounded number of a stream's requests in work, and takes their results one at a time.
///
/// The client is asked for the next message only when one in work is done and the client reads its
/// answers: a fast or a stubborn client is slowed, not buffered. Results come from the threads of
/// several shards, but a stream's observer is not safe for that: everything here holds the lock,
/// and nothing under it waits.
final class InFlight {

  /// The part of the window that is asked for at once.
  private static final int ASKED_AT_ONCE_SHARE = 4;

  private final ServerCallStreamObserver<?> out;
  private final Runnable afterLast;
  private final int window;
  private int inWork;
  private int owed;
  private boolean halfClosed;
  private boolean over;

  /// @param window requests in work at most
  /// @param afterLast runs once the client has half-closed and everything is done
  InFlight(ServerCallStreamObserver<?> out, int window, Runnable afterLast) {
    this.out = out;
    this.window = window;
    this.afterLast = afterLast;
    out.disableAutoRequest();
    out.setOnReadyHandler(this::askForMore);
    out.setOnCancelHandler(this::end);
    out.request(window);
  }

  /// Takes a request into work.
  ///
  /// @param result gets the outcome or the throwable, under the lock, unless the stream is over
  <T> void add(CompletionStage<T> work, BiConsumer<@Nullable T, @Nullable Throwable> result) {
    synchronized (this) {
      inWork++;
    }
    work.whenComplete((value, thrown) -> done(() -> result.accept(value, thrown)));
  }

  /// Ends the stream with an error.
  synchronized void fail(Throwable thrown) {
    if (!over) {
      over = true;
      out.onError(thrown);
    }
  }

  /// The client sends no more.
  synchronized void halfClose() {
    halfClosed = true;
    finishIfDone();
  }

  /// The client went away.
  synchronized void end() {
    over = true;
  }

  private synchronized void done(Runnable result) {
    inWork--;
    if (over) {
      return;
    }
    result.run();
    owed++;
    askForMore();
    finishIfDone();
  }

  /// For several at once: each asking is a task for the transport's thread. While fewer are owed
  /// than are asked for at once, the others of the window may still come.
  private synchronized void askForMore() {
    if (owed > window / ASKED_AT_ONCE_SHARE && !over && out.isReady()) {
      out.request(owed);
      owed = 0;
    }
  }

  private void finishIfDone() {
    if (halfClosed && inWork == 0 && !over) {
      over = true;
      afterLast.run();
    }
  }
}
