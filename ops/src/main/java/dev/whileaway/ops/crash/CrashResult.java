package dev.whileaway.ops.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.whileaway.ops.crash.Finding.Kind;
import dev.whileaway.ops.crash.Story.Fate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run of the suite counted.
///
/// @param seed gives the same moments again, though not the same interleaving
/// @param killsDuringStart of the kills: before `serve` was ready
/// @param killsDuringSnapshot of the kills: while a snapshot was on its way into the database
/// @param fates how the acknowledged events ended
/// @param mails received, and so with pushes
/// @param evidence the ledger lines of whom the findings name
public record CrashResult(
    long seed,
    int kills,
    int killsDuringStart,
    int killsDuringSnapshot,
    long acknowledged,
    Map<Fate, Long> fates,
    long mails,
    long pushes,
    Duration time,
    List<Finding> findings,
    List<String> evidence) {

  /// Whether all memories agree.
  public boolean sound() {
    return findings.isEmpty();
  }

  public long lost() {
    return count(Kind.LOST);
  }

  public long toldTwice() {
    return count(Kind.TOLD_TWICE);
  }

  /// Events of which nobody knows whether they were told: they are not told again.
  public long unknown() {
    return fates.getOrDefault(Fate.UNKNOWN, 0L);
  }

  /// One object of numbers.
  public String json() {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(figures());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("expected numbers, but found " + this, e);
    }
  }

  /// The same for people.
  public String table() {
    return figures().entrySet().stream()
        .map(figure ->
            "%-22s %,12d%n".formatted(figure.getKey().replace('_', ' '), figure.getValue()))
        .collect(Collectors.joining());
  }

  /// What must not be, and the ledger lines that show it.
  public String faults() {
    return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"))
        + "\n\n"
        + String.join("\n", evidence);
  }

  private Map<String, Long> figures() {
    var figures = new LinkedHashMap<String, Long>();
    figures.put("seed", seed);
    figures.put("kills", (long) kills);
    figures.put("kills_during_start", (long) killsDuringStart);
    figures.put("kills_during_snapshot", (long) killsDuringSnapshot);
    figures.put("acknowledged", acknowledged);
    for (Fate fate : List.of(Fate.TOLD, Fate.CLEARED, Fate.UNKNOWN, Fate.PENDING)) {
      figures.put(fate.name().toLowerCase(java.util.Locale.ROOT), fates.getOrDefault(fate, 0L));
    }
    figures.put("expired", fates.getOrDefault(Fate.EXPIRED, 0L));
    figures.put("dropped", fates.getOrDefault(Fate.DROPPED, 0L));
    figures.put("pushes", pushes);
    figures.put("mails", mails);
    figures.put("sends", pushes + mails);
    figures.put("lost", lost());
    figures.put("told_twice", toldTwice());
    figures.put("disagreements", count(Kind.DISAGREEMENT));
    figures.put("seconds", time.toSeconds());
    return figures;
  }

  private long count(Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }
}
