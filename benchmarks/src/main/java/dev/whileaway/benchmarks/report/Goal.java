package dev.whileaway.benchmarks.report;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a row is meant to reach, and what profiles say of a row that does not.
///
/// @param limit what stands in the way, in a sentence
record Goal(Phase phase, Kind kind, double wanted, String limit) {

  private static final String CALLS =
      "Most of it is gRPC, call by call, in server and client; Redis has one thread, one sync and"
          + " a protocol of a few bytes.";

  private static final String STREAM =
      "With 64 in flight all wait for the same few syncs, and each request is parsed, encoded into"
          + " the log, applied and answered by itself; client and server share two cores.";

  private static final String SHARD =
      "A shard unpacks and packs the user's record and writes ledger entries (\"why\"), which"
          + " Redis does not keep; the rest is gRPC.";

  private static final String UNKNOWN =
      "It was reached when this was written: nobody has looked into what limits it.";

  private static final List<Goal> ALL =
      List.of(
          new Goal(
              Phase.INGEST_B,
              Kind.TIMES_RIVAL,
              3,
              "Both cores are busy: half of it is the shard, which waits for memory (a million"
                  + " records, in scrambled order), the rest snapshots, gRPC and the collector."),
          new Goal(Phase.INGEST_1, Kind.TIMES_RIVAL, 1, CALLS),
          new Goal(Phase.INGEST_STREAM, Kind.TIMES_RIVAL, 4, STREAM),
          new Goal(Phase.MEMORY, Kind.AT_MOST, 100, UNKNOWN),
          new Goal(
              Phase.RESTART,
              Kind.AT_MOST,
              3,
              "A cold JVM loads a million records, replays the log since the last snapshot and"
                  + " compiles texts; a third of its processor time is the JIT compiler's."),
          new Goal(Phase.CLEAR, Kind.TIMES_RIVAL, 1, CALLS),
          new Goal(Phase.CLEAR_STREAM, Kind.TIMES_RIVAL, 3, SHARD),
          new Goal(Phase.DUE, Kind.TIMES_RIVAL, 3, SHARD),
          new Goal(
              Phase.SNAPSHOT,
              Kind.AT_MOST,
              2,
              "Collections that copy what has changed, and a disk that snapshot and log share."),
          new Goal(Phase.TOUCH, Kind.AT_LEAST, 1e6, UNKNOWN),
          new Goal(Phase.TOUCH_STREAM, Kind.AT_LEAST, 150_000, UNKNOWN));

  /// How a figure is held against what is wanted.
  enum Kind {
    /// The ratio to P2.
    TIMES_RIVAL,
    AT_LEAST,
    AT_MOST
  }

  /// A sentence for each row that falls short of its goal.
  static List<String> missed(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> of(row).flatMap(goal -> goal.missed(row)).stream())
        .toList();
  }

  private static Optional<Goal> of(Row row) {
    return ALL.stream().filter(goal -> goal.phase == row.phase()).findAny();
  }

  /// Empty as well if there is no figure to hold against the goal.
  private Optional<String> missed(Row row) {
    OptionalDouble figure =
        kind == Kind.TIMES_RIVAL
            ? row.ratioToRival()
            : row.cell(Row.SELF).stream().mapToDouble(Cell::median).findAny();
    if (figure.isEmpty() || reached(figure.getAsDouble())) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: %s%s, wanted %s%s. %s"
            .formatted(
                phase.id(),
                Table.number(figure.getAsDouble()),
                kind == Kind.TIMES_RIVAL ? " times p2" : " " + phase.unit(),
                kind == Kind.AT_MOST ? "at most " : "",
                String.format(Locale.ROOT, "%,.0f", wanted),
                limit));
  }

  private boolean reached(double figure) {
    return kind == Kind.AT_MOST ? figure <= wanted : figure >= wanted;
  }
}
