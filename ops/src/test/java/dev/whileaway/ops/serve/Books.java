package dev.whileaway.ops.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What the shards counted, as `/metrics` shows it: where every event that was ever reported is.
record Books(Map<String, Long> counts, long pending, long snapshotIndex) {

  private static final Pattern COUNT =
      Pattern.compile("(?m)^whileaway_shard_counts_total\\{what=\"(\\w+)\"} (\\S+)$");

  static Books of(HttpClient http, String server) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://" + server + "/metrics")).build();
    String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    var counts = new TreeMap<String, Long>();
    COUNT
        .matcher(text)
        .results()
        .forEach(line -> counts.put(line.group(1), (long) Double.parseDouble(line.group(2))));
    return new Books(
        counts, sum(text, "whileaway_events_pending"), sum(text, "whileaway_shard_snapshot_index"));
  }

  private static long sum(String text, String name) {
    return (long)
        Pattern.compile("(?m)^" + name + "\\{.*} (\\S+)$")
            .matcher(text)
            .results()
            .mapToDouble(line -> Double.parseDouble(line.group(1)))
            .sum();
  }

  long count(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /// Events that are no longer pending.
  long gone() {
    return count("told")
        + count("cleared")
        + count("expired")
        + count("dropped")
        + count("forgotten");
  }
}
