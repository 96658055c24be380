package dev.whileaway.simulator.clockwork;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A course of action with a stack of its own, so that blocking code can be stopped within a call
/// and go on later: a coroutine, made of a virtual thread and a baton.
///
/// Who holds the baton runs, and the others wait: the schedule hands it over in [#resume], the
/// strand gives it back when it sleeps, awaits or ends. So one of all threads runs at a time, and
/// what one wrote the next one sees.
public final class Strand {

  private final Schedule schedule;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  private boolean ending;
  private boolean ended;
  private @Nullable Throwable failure;

  private Strand(Schedule schedule) {
    this.schedule = schedule;
  }

  /// Begins `life` at the next step of this millisecond.
  public static Strand begin(Schedule schedule, String name, Consumer<Strand> life) {
    var strand = new Strand(schedule);
    Thread.ofVirtual().name(name).start(() -> strand.run(life));
    schedule.in(0, strand::resume);
    return strand;
  }

  private void run(Consumer<Strand> life) {
    turn.acquireUninterruptibly();
    try {
      if (!ending) {
        life.accept(this);
      }
    } catch (Killed _) {
      // That is how a strand ends early.
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      ended = true;
      back.release();
    }
  }

  /// Waits in virtual time. Called by the strand itself.
  public void sleep(long millis) {
    schedule.in(millis, this::resume);
    pause();
  }

  /// Waits for an answer, and throws what it failed with. Called by the strand itself.
  public <T> T await(Ticket<T> ticket) {
    if (ticket.isOpen()) {
      ticket.whenDone(() -> schedule.in(0, this::resume));
      pause();
    }
    return ticket.get();
  }

  private void pause() {
    if (!ending) {
      back.release();
      turn.acquireUninterruptibly();
    }
    if (ending) {
      throw new Killed();
    }
  }

  /// Whether it must end: a [Killed] that is thrown now is not the strand's own.
  public boolean isEnding() {
    return ending;
  }

  /// Ends it wherever it is. Called by the schedule's thread.
  public void end() {
    ending = true;
    resume();
  }

  private void resume() {
    if (ended) {
      return;
    }
    turn.release();
    back.acquireUninterruptibly();
    if (failure != null) {
      throw new IllegalStateException("a strand broke", failure);
    }
  }
}
