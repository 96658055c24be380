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
/// The wait doubles from `first` up to `longest`. It is spread over its upper half by the digest's
/// id or its user, so that a provider that comes back is not met by everyone at once, and so that
/// the same attempt always gets the same wait.
///
/// @param longest at least `first`
public record Backoff(Duration first, Duration longest) {

  /// Half a minute to an hour.
  public static final Backoff STANDARD = new Backoff(Duration.ofSeconds(30), Duration.ofHours(1));

  /// Attempts at what breaks, or is never answered: most of a day, in which a template is mended.
  /// The shard counts attempts of every kind, so what breaks after a longer outage ends at once.
  public static final int ATTEMPTS_MAX = 32;

  private static final int DOUBLINGS_MAX = 16;

  public Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "policy.backoff: expected a longest wait of at least the first, but found "
              + longest.toSeconds()
              + "s and "
              + first.toSeconds()
              + "s");
    }
  }

  /// @param attempts those made before the one that just failed
  /// @param asked what the other side asked for; zero: nothing
  /// @param spreadBy chooses the place in the spread
  Duration delay(int attempts, Duration asked, String spreadBy) {
    Duration doubled = doubled(attempts);
    Duration half = doubled.dividedBy(2);
    Duration spread = Duration.ofMillis(half.toMillis() * permille(spreadBy) / 1000);
    Duration wait = asked.compareTo(half) > 0 ? asked.plus(spread) : half.plus(spread);
    return shorter(wait, longest);
  }

  /// How many attempts fit, with the longest of the waits between them, into a time; at least one.
  int attemptsWithin(Duration limit) {
    int attempts = 1;
    Duration waited = doubled(0);
    while (attempts < ATTEMPTS_MAX && waited.compareTo(limit) <= 0) {
      waited = waited.plus(doubled(attempts));
      attempts++;
    }
    return attempts;
  }

  private Duration doubled(int attempts) {
    return shorter(first.multipliedBy(1L << Math.min(attempts, DOUBLINGS_MAX)), longest);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static long permille(String spreadBy) {
    CRC32 crc = new CRC32();
    crc.update(spreadBy.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() % 1001;
  }
}
