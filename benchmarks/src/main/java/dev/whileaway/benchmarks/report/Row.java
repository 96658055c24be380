package dev.whileaway.benchmarks.report;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A phase, side by side.
///
/// @param cells by the contender's name; one that did not run has none
public record Row(Phase phase, Map<String, Cell> cells) {

  static final String SELF = "whileaway";
  static final String RIVAL = "p2";

  /// Under whose name the floor stands that nobody gets below.
  static final String DISK = "disk";

  /// Empty if it did not run.
  public Optional<Cell> cell(String contender) {
    return Optional.ofNullable(cells.get(contender));
  }

  /// Whileaway's figure over P2's; empty if one of them did not run.
  OptionalDouble ratioToRival() {
    Cell self = cells.get(SELF);
    Cell rival = cells.get(RIVAL);
    return self == null || rival == null || rival.median() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(self.median() / rival.median());
  }
}
