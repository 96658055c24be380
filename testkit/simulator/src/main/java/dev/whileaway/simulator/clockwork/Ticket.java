package dev.whileaway.simulator.clockwork;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An answer that is not there yet. One strand at most waits for it.
public final class Ticket<T> {

  private @Nullable T value;
  private @Nullable RuntimeException failure;
  private @Nullable Runnable waiting;

  /// An answer that is there already.
  public static <T> Ticket<T> of(T value) {
    var ticket = new Ticket<T>();
    ticket.complete(value);
    return ticket;
  }

  public void complete(T answer) {
    value = answer;
    wake();
  }

  public void fail(RuntimeException cause) {
    failure = cause;
    wake();
  }

  boolean isOpen() {
    return value == null && failure == null;
  }

  void whenDone(Runnable then) {
    waiting = then;
  }

  T get() {
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(value, "expected an answer, but the ticket is open");
  }

  private void wake() {
    if (waiting != null) {
      waiting.run();
    }
  }
}
