package dev.whileaway.ops.demo;

import dev.whileaway.ops.trace.TraceAction;
import dev.whileaway.ops.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The two vendored days; `demo/CITATION.md` says where they come from.
///
/// @param profiles of every user who occurs in `actions`
/// @param actions in the order of time
record Excerpt(List<TraceAction.Profile> profiles, List<TraceAction> actions) {

  private static final String RESOURCE = "/demo/college-two-days.csv.gz";

  static Excerpt load() throws IOException {
    var profiles = new ArrayList<TraceAction.Profile>();
    var actions = new ArrayList<TraceAction>();
    InputStream resource = Excerpt.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new IOException("expected the resource " + RESOURCE + ", but found none");
    }
    try (TraceReader reader = TraceReader.open(resource)) {
      for (Optional<TraceAction> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (next.get() instanceof TraceAction.Profile profile) {
          profiles.add(profile);
        } else {
          actions.add(next.get());
        }
      }
    }
    return new Excerpt(profiles, actions);
  }

  Instant start() {
    return actions.getFirst().at();
  }

  Duration length() {
    return Duration.between(start(), actions.getLast().at());
  }
}
