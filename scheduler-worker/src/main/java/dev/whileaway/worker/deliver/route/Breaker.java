package dev.whileaway.worker.deliver.route;

import java.time.Duration;
import java.time.Instant;

/// Whether a provider can be relied upon. Past a measure of failures it is banned for a while; then
/// one send goes out to see, and its outcome ends the ban or doubles it.
sealed interface Breaker {

  /// @param window answers are counted for so long, then anew
  /// @param answersMin fewer answers of a window say nothing
  /// @param failedPercent from this part of failures on the provider is banned
  /// @param ban the first
  /// @param banMax it doubles up to this
  record Rules(Duration window, int answersMin, int failedPercent, Duration ban, Duration banMax) {}

  /// What may be sent now.
  enum Admission {
    YES,
    /// This one send, to see.
    PROBE,
    NO
  }

  static Breaker closed(Instant now) {
    return new Closed(now, 0, 0);
  }

  Admission admission(Instant now);

  /// After [#admission] was not NO, and the send will be tried.
  Breaker admitted(Instant now);

  /// A send that was not the probe has ended.
  Breaker answered(boolean failed, Instant now, Rules rules);

  /// The probe has ended.
  default Breaker probed(boolean failed, Instant now, Rules rules) {
    return this;
  }

  /// The probe was not sent after all, or not looked at.
  default Breaker probeLeft(Instant now) {
    return this;
  }

  /// Everything may be sent.
  record Closed(Instant since, int answers, int failures) implements Breaker {

    @Override
    public Admission admission(Instant now) {
      return Admission.YES;
    }

    @Override
    public Breaker admitted(Instant now) {
      return this;
    }

    @Override
    public Breaker answered(boolean failed, Instant now, Rules rules) {
      boolean over = !now.isBefore(since.plus(rules.window()));
      Closed counted =
          over
              ? new Closed(now, 1, failed ? 1 : 0)
              : new Closed(since, answers + 1, failed ? failures + 1 : failures);
      return counted.tooBad(rules) ? new Banned(now.plus(rules.ban()), rules.ban()) : counted;
    }

    private boolean tooBad(Rules rules) {
      return answers >= rules.answersMin()
          && failures * 100L >= (long) answers * rules.failedPercent();
    }
  }

  /// Nothing may be sent before `until`; then one.
  ///
  /// @param span how long this ban is
  record Banned(Instant until, Duration span) implements Breaker {

    @Override
    public Admission admission(Instant now) {
      return now.isBefore(until) ? Admission.NO : Admission.PROBE;
    }

    @Override
    public Breaker admitted(Instant now) {
      return new Probing(span);
    }

    /// Sends that began before the ban say nothing new.
    @Override
    public Breaker answered(boolean failed, Instant now, Rules rules) {
      return this;
    }
  }

  /// One send is under way to see.
  ///
  /// @param span the length of the ban before it
  record Probing(Duration span) implements Breaker {

    @Override
    public Admission admission(Instant now) {
      return Admission.NO;
    }

    @Override
    public Breaker admitted(Instant now) {
      throw new IllegalStateException("expected one probe at a time, but found another");
    }

    @Override
    public Breaker answered(boolean failed, Instant now, Rules rules) {
      return this;
    }

    @Override
    public Breaker probed(boolean failed, Instant now, Rules rules) {
      if (!failed) {
        return closed(now);
      }
      Duration doubled = span.multipliedBy(2);
      Duration next = doubled.compareTo(rules.banMax()) < 0 ? doubled : rules.banMax();
      return new Banned(now.plus(next), next);
    }

    @Override
    public Breaker probeLeft(Instant now) {
      return new Banned(now, span);
    }
  }
}
