package dev.whileaway.ops.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/// What a run of [MailBench] came to.
///
/// @param byWay `library`: the mail library as it comes, one connection without TCP_NODELAY; `one`:
///   ours over one connection; `unsigned` and `signed`: ours over eight
public record MailFigures(Map<String, SendFigures> byWay) implements Figures {

  /// Of a core, in milliseconds.
  private static final double CORE_SECOND = 1_000;

  @Override
  public String table() {
    var table =
        new StringBuilder(
            String.format(
                "%-10s %9s %9s %14s %16s %9s %9s %13s%n",
                "",
                "mails/s",
                "CPU ms",
                "mails/s a core",
                "CPU ms, the sink",
                "p50 ms",
                "p99 ms",
                "not accepted"));
    byWay.forEach((way, figures) -> table.append(line(way, figures)));
    return table.toString();
  }

  private static String line(String way, SendFigures figures) {
    return String.format(
        Locale.ROOT,
        "%-10s %9.0f %9.2f %14.0f %16.2f %9.2f %9.2f %13d%n",
        way,
        figures.perSecond(),
        cpuMillis(figures),
        CORE_SECOND / cpuMillis(figures),
        figures.fakeCpuSecondsPer100k() / 100,
        figures.p50Millis(),
        figures.p99Millis(),
        figures.refused());
  }

  @Override
  public void put(ObjectNode json) {
    byWay.forEach((way, figures) -> {
      json.put(way + "_mails_per_s", figures.perSecond());
      json.put(way + "_cpu_millis_per_mail", cpuMillis(figures));
      json.put(way + "_mails_per_s_and_core", CORE_SECOND / cpuMillis(figures));
      json.put(way + "_sink_cpu_millis_per_mail", figures.fakeCpuSecondsPer100k() / 100);
      json.put(way + "_p50_millis", figures.p50Millis());
      json.put(way + "_p99_millis", figures.p99Millis());
      json.put(way + "_not_accepted", figures.refused());
    });
  }

  private static double cpuMillis(SendFigures figures) {
    return figures.cpuSecondsPer100k() / 100;
  }
}
