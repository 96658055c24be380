package dev.whileaway.ops.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What happened, as the server and the providers counted it.
///
/// @param events that joined a backlog
/// @param cleared events that a visit removed
/// @param deferredOnline digests put off because their user was online
/// @param pushes that reached a provider, one a device
/// @param mails that reached the mail server
/// @param p50Millis median real time from a backlog's due time to its provider's yes
/// @param p99Millis of one in a hundred it was longer
record Tally(
    long events,
    long cleared,
    long deferredOnline,
    long pushes,
    long mails,
    double p50Millis,
    double p99Millis) {

  private static final String COUNTS = "whileaway_shard_counts_total";
  private static final String DUE_TO_ACCEPTED = "whileaway_worker_due_to_accepted_seconds";

  /// @param speed the server's clock counts this many times as much as real time
  static Tally of(Scrape scrape, Providers providers, double speed) {
    return new Tally(
        (long) scrape.sum(COUNTS, Map.of("what", "reported")),
        (long) scrape.sum(COUNTS, Map.of("what", "cleared")),
        (long) scrape.sum("whileaway_leases_cancelled_total", Map.of("reason", "online")),
        providers.pushes(),
        providers.mails(),
        scrape.quantile(DUE_TO_ACCEPTED, 0.5) * 1000 / speed,
        scrape.quantile(DUE_TO_ACCEPTED, 0.99) * 1000 / speed);
  }

  String json() {
    var members = new LinkedHashMap<String, Object>();
    members.put("events", events);
    members.put("cleared", cleared);
    members.put("deferred_online", deferredOnline);
    members.put("pushes", pushes);
    members.put("mails", mails);
    var dueToAccepted = new LinkedHashMap<String, Object>();
    dueToAccepted.put("p50", rounded(p50Millis));
    dueToAccepted.put("p99", rounded(p99Millis));
    members.put("due_to_accepted_ms", dueToAccepted);
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("expected numbers, but found " + members, e);
    }
  }

  String table() {
    return """
    events reported               %,8d
    cleared by visits             %,8d
    deferred because online       %,8d
    pushes, one a device          %,8d
    mails                         %,8d
    due -> accepted, p50          %8.0f ms
    due -> accepted, p99          %8.0f ms
    """
        .formatted(events, cleared, deferredOnline, pushes, mails, p50Millis, p99Millis);
  }

  /// One line, while it runs.
  String line() {
    return String.format(
        Locale.ROOT,
        "%,d events, %,d cleared, %,d deferred, %,d pushes, %,d mails",
        events,
        cleared,
        deferredOnline,
        pushes,
        mails);
  }

  private static double rounded(double millis) {
    return Math.round(millis * 10) / 10.0;
  }
}
