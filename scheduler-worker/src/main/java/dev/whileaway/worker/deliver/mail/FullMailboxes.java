package dev.whileaway.worker.deliver.mail;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.worker.deliver.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Mailboxes that were found full, how often and since when. That ends no address, since its owner
/// may clear it up; but one that stays full is read by nobody, and is told. Safe for use by many
/// threads.
///
/// It is kept in memory: after a restart counting begins anew.
public final class FullMailboxes {

  /// Counted for so long from the first time on.
  static final Duration SPAN = Duration.ofDays(30);

  /// From this time on it is told.
  static final int TIMES_TOLD = 5;

  /// Beyond it the one counted longest ago gives way.
  static final int KEPT_MAX = 100_000;

  private final InstantSource clock;
  private final Map<AddressPrint, Times> byPrint =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressPrint, Times> oldest) {
          return size() > KEPT_MAX;
        }
      };

  private record Times(int count, Instant since) {}

  public FullMailboxes(InstantSource clock) {
    this.clock = clock;
  }

  /// A mailbox was found full.
  public synchronized void add(AddressPrint address) {
    Instant now = clock.instant();
    byPrint.merge(
        address,
        new Times(1, now),
        (before, first) -> over(before) ? first : new Times(before.count + 1, before.since));
  }

  /// The outcome of a mail; of a mailbox that was found full often enough, with words on that.
  Outcome told(MailAddress to, Outcome outcome) {
    var words = words(to.print());
    if (words.isEmpty()) {
      return outcome;
    }
    return switch (outcome) {
      case Outcome.Accepted(var id, var detail) -> new Outcome.Accepted(id, detail + words);
      case Outcome.RetryAfter(var delay, var trouble, var detail) ->
          new Outcome.RetryAfter(delay, trouble, detail + words);
      case Outcome.Unregistered _, Outcome.Rejected _, Outcome.Unknown _ -> outcome;
    };
  }

  private synchronized String words(AddressPrint address) {
    return Optional.ofNullable(byPrint.get(address))
        .filter(this::worthTelling)
        .map(times ->
            "; its mailbox was found full %d times since %s"
                .formatted(times.count, times.since.atOffset(ZoneOffset.UTC).toLocalDate()))
        .orElse("");
  }

  /// How many were found full often enough to be told.
  public synchronized long often() {
    return byPrint.values().stream().filter(this::worthTelling).count();
  }

  private boolean worthTelling(Times times) {
    return times.count >= TIMES_TOLD && !over(times);
  }

  private boolean over(Times times) {
    return !clock.instant().isBefore(times.since.plus(SPAN));
  }
}
