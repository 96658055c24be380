package dev.whileaway.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Rows for people: of each contender the median, its spread, and the processors that server and
/// client kept busy.
public final class Table {

  private static final String NOT_RUN = "-";

  private Table() {}

  public static String of(List<Row> rows, List<String> contenders) {
    var text = new StringBuilder();
    line(text, "phase", "unit", contenders, "ratio to p2");
    for (Row row : rows) {
      List<String> cells =
          contenders.stream().map(name -> row.cell(name).map(Table::cell).orElse(NOT_RUN)).toList();
      line(text, row.phase().id(), row.phase().unit(), cells, ratio(row));
    }
    return text.toString();
  }

  private static void line(
      StringBuilder text, String phase, String unit, List<String> cells, String ratio) {
    text.append("%-14s %-12s".formatted(phase, unit));
    cells.forEach(cell -> text.append(" %34s".formatted(cell)));
    text.append(" %20s%n".formatted(ratio));
  }

  private static String cell(Cell cell) {
    String value =
        "%s (%s-%s)".formatted(number(cell.median()), number(cell.min()), number(cell.max()));
    return cell.serverCores() == 0
        ? value
        : value + " s%.2f c%.2f".formatted(cell.serverCores(), cell.clientCores());
  }

  private static String number(double value) {
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
