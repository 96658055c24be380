package dev.whileaway.ops.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/// What the users of a healthy app notice of three sick ones.
///
/// @param calm with all four apps healthy
/// @param sick while one hangs, one refuses and one wants a rest
/// @param lost digests that never came, though all were well again at the end: of the healthy app
///   (there also those that took twenty seconds) and of the one that wanted a rest
/// @param doubled digests that came twice, of any app
/// @param heapMegabytes of `serve`, each right after a full collection; empty: no soak was asked
///   for
record IsolationFigures(
    Latency calm, Latency sick, long lost, long doubled, List<Double> heapMegabytes) {

  /// What a heap may grow by over a soak and still be called flat: that of the users who wait for
  /// the sick apps, and chance.
  static final double FLAT_RATIO_MAX = 1.15;

  /// From due to taken by the provider.
  record Latency(long digests, double p50Millis, double p99Millis) {}

  double p99Ratio() {
    return sick.p99Millis() / calm.p99Millis();
  }

  /// The last third of the soak against the first: medians, since what is on the wire comes and
  /// goes. 0: no soak.
  double heapRatio() {
    int third = heapMegabytes.size() / 3;
    return third == 0
        ? 0
        : median(heapMegabytes.subList(heapMegabytes.size() - third, heapMegabytes.size()))
            / median(heapMegabytes.subList(0, third));
  }

  boolean heapFlat() {
    return heapRatio() <= FLAT_RATIO_MAX;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  String table() {
    String heap =
        heapRatio() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "  heap after GC         %10.1f to %.1f MB over %d samples, last third to first: %.2f, %s%n",
                heapMegabytes.getFirst(),
                heapMegabytes.getLast(),
                heapMegabytes.size(),
                heapRatio(),
                heapFlat() ? "flat" : "not flat");
    return String.format(
            Locale.ROOT,
            """
            isolation: a healthy app, from due to taken
              all healthy, p50, p99 %10.1f ms, %.1f ms of %d digests
              three sick,  p50, p99 %10.1f ms, %.1f ms of %d digests
              p99, sick to calm     %10.2f
              lost, doubled         %10d, %d
            """,
            calm.p50Millis(),
            calm.p99Millis(),
            calm.digests(),
            sick.p50Millis(),
            sick.p99Millis(),
            sick.digests(),
            p99Ratio(),
            lost,
            doubled)
        + heap;
  }

  void put(ObjectNode json) {
    json.put("isolation_calm_p50_millis", calm.p50Millis());
    json.put("isolation_calm_p99_millis", calm.p99Millis());
    json.put("isolation_sick_p50_millis", sick.p50Millis());
    json.put("isolation_sick_p99_millis", sick.p99Millis());
    json.put("isolation_p99_ratio", p99Ratio());
    json.put("isolation_lost", lost);
    json.put("isolation_doubled", doubled);
    if (heapRatio() > 0) {
      var samples = json.putArray("soak_heap_megabytes");
      heapMegabytes.forEach(samples::add);
      json.put("soak_heap_ratio", heapRatio());
      json.put("soak_heap_flat", heapFlat());
    }
  }
}
