package dev.whileaway.worker.plan;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32;

/// How long to wait before an attempt is made again, and when to stop trying.
///
/// What the other side cannot take now is never given up for the number of its attempts: an outage
/// of a week costs a digest nothing but time. Its end is the events' own, who expire in the shard,
/// counted and noted. Given up is what fails for a reason of its own: a text that cannot be made, a
/// send that is never answered; and a push that an e-mail can stand in for.
///
/// The wait doubles from half a minute up to an hour. It is spread over its upper half by the
/// digest's id or its user, so that a provider that comes back is not met by everyone at once, and
/// so that the same attempt always gets the same wait.
public final class Backoff {

  static final Duration FIRST = Duration.ofSeconds(30);
  static final Duration LONGEST = Duration.ofHours(1);

  /// Attempts at what breaks, or is never answered: most of a day, in which a template is mended.
  /// The shard counts attempts of every kind, so what breaks after a longer outage ends at once.
  public static final int ATTEMPTS_MAX = 32;

  /// Attempts at a push that an e-mail can stand in for: their waits add up to less than the
  /// standard ten minutes between push and e-mail.
  public static final int ATTEMPTS_BEFORE_MAIL_MAX = 5;

  private static final int DOUBLINGS_MAX = 16;

  /// @param attempts those made before the one that just failed
  /// @param asked what the other side asked for; zero: nothing
  /// @param spreadBy chooses the place in the spread
  public static Duration delay(int attempts, Duration asked, String spreadBy) {
    Duration doubled =
        shorter(FIRST.multipliedBy(1L << Math.min(attempts, DOUBLINGS_MAX)), LONGEST);
    Duration half = doubled.dividedBy(2);
    Duration spread = Duration.ofMillis(half.toMillis() * permille(spreadBy) / 1000);
    Duration wait = asked.compareTo(half) > 0 ? asked.plus(spread) : half.plus(spread);
    return shorter(wait, LONGEST);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static long permille(String spreadBy) {
    CRC32 crc = new CRC32();
    crc.update(spreadBy.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() % 1001;
  }

  private Backoff() {}
}
