package dev.whileaway.benchmarks.report;

import dev.whileaway.benchmarks.phase.Phase;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Rows for people: of each contender the median, its spread, and the processors that server and
/// client kept busy; and below them, which rows fall short of their [Goal], and why.
public final class Table {

  private static final String NOT_RUN = "-";

  private Table() {}

  public static String of(List<Row> rows, List<String> contenders) {
    var text = new StringBuilder();
    text.append(line("phase", "unit", contenders, "ratio to p2"));
    for (Row row : rows) {
      text.append(
          row.cell(Row.DISK)
              .map(floor -> floor(row.phase(), floor))
              .orElseGet(() -> contest(row, contenders)));
    }
    List<String> missed = Goal.missed(rows);
    if (!missed.isEmpty()) {
      text.append("%nShort of what is wanted:%n".formatted());
      missed.forEach(sentence -> text.append("  %s%n".formatted(sentence)));
    }
    return text.toString();
  }

  private static String contest(Row row, List<String> contenders) {
    List<String> cells =
        contenders.stream().map(name -> row.cell(name).map(Table::cell).orElse(NOT_RUN)).toList();
    return line(row.phase().id(), row.phase().unit(), cells, ratio(row));
  }

  /// No contest: what the disk allows to all of them.
  private static String floor(Phase phase, Cell floor) {
    return line(phase.id(), phase.unit(), List.of(cell(floor)), "is the disk's own floor");
  }

  private static String line(String phase, String unit, List<String> cells, String ratio) {
    var text = new StringBuilder("%-14s %-12s".formatted(phase, unit));
    cells.forEach(cell -> text.append(" %34s".formatted(cell)));
    return text.append(" %20s%n".formatted(ratio)).toString();
  }

  private static String cell(Cell cell) {
    String value =
        "%s (%s-%s)".formatted(number(cell.median()), number(cell.min()), number(cell.max()));
    return cell.serverCores() == 0
        ? value
        : value + " s%.2f c%.2f".formatted(cell.serverCores(), cell.clientCores());
  }

  static String number(double value) {
    return value < 100
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String ratio(Row row) {
    OptionalDouble ratio = row.ratioToRival();
    if (ratio.isEmpty()) {
      return NOT_RUN;
    }
    return String.format(Locale.ROOT, "%.2f", ratio.getAsDouble())
        + (row.phase().isRate() ? "" : " (less is better)");
  }
}
