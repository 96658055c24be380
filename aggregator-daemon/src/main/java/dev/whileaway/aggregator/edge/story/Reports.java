package dev.whileaway.aggregator.edge.story;

import dev.whileaway.v1.WhyKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// The events that a story knows of, each told once: the ledger names an event again at each
/// attempt that covered it.
final class Reports {

  /// More of one type in a row are told in one line.
  private static final int TOLD_SINGLY_MAX = 3;

  private static final int SENDERS_NAMED_MAX = 3;

  private final Set<Report> reports = new LinkedHashSet<>();
  private final IntFunction<String> typeName;

  Reports(IntFunction<String> typeName) {
    this.typeName = typeName;
  }

  /// An event, as it was reported.
  record Report(long atMillis, long seq, int type, String sender, boolean watched) {}

  void add(Report report) {
    reports.add(report);
  }

  /// In order of time. `interruptions` are the moments at which something else happened: a row of
  /// reports ends there.
  List<Told> lines(List<Long> interruptions) {
    List<Report> ordered = new ArrayList<>(reports);
    ordered.sort(Comparator.comparingLong(Report::atMillis).thenComparingLong(Report::seq));
    List<Told> lines = new ArrayList<>();
    int from = 0;
    while (from < ordered.size()) {
      int to = endOfRow(ordered, from, interruptions);
      tell(ordered.subList(from, to), lines);
      from = to;
    }
    return lines;
  }

  private static int endOfRow(List<Report> ordered, int from, List<Long> interruptions) {
    Report first = ordered.get(from);
    int to = from + 1;
    while (to < ordered.size()
        && ordered.get(to).type() == first.type()
        && ordered.get(to).watched() == first.watched()
        && !interrupted(first.atMillis(), ordered.get(to).atMillis(), interruptions)) {
      to++;
    }
    return to;
  }

  private static boolean interrupted(long from, long to, List<Long> interruptions) {
    return interruptions.stream().anyMatch(at -> from <= at && at < to);
  }

  private void tell(List<Report> row, List<Told> lines) {
    if (row.size() <= TOLD_SINGLY_MAX) {
      row.forEach(report -> lines.add(told(report.atMillis(), single(report))));
    } else {
      lines.add(told(row.getFirst().atMillis(), many(row)));
    }
  }

  private static Told told(long atMillis, String text) {
    return new Told(atMillis, WhyKind.WHY_KIND_REPORTED, text);
  }

  private String single(Report report) {
    return typeName.apply(report.type()) + " reported, " + by(report.sender()) + watched(report);
  }

  private String many(List<Report> row) {
    List<String> senders = row.stream().map(Report::sender).distinct().toList();
    List<String> named =
        new ArrayList<>(senders.stream().limit(SENDERS_NAMED_MAX).map(Reports::by).toList());
    if (senders.size() > SENDERS_NAMED_MAX) {
      named.add("by " + Phrase.count(senders.size() - SENDERS_NAMED_MAX, "other"));
    }
    return typeName.apply(row.getFirst().type())
        + " reported "
        + row.size()
        + " times, "
        + Phrase.list(named)
        + "; the last at "
        + Phrase.moment(row.getLast().atMillis())
        + watched(row.getFirst());
  }

  private static String watched(Report report) {
    return report.watched() ? "; watched" : "";
  }

  private static String by(String sender) {
    return sender.isEmpty() ? "by the product" : "by " + sender;
  }
}
