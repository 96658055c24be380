package dev.whileaway.aggregator.edge;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import java.time.Duration;
import java.util.List;

/// The catalogue that the edge's tests use.
public final class Catalogues {

  public static final EventType MESSAGE =
      new EventType(1, "message", false, Duration.ofMinutes(30), Duration.ofDays(30));
  public static final EventType VISIT =
      new EventType(2, "profile-visit", false, Duration.ofMinutes(30), Duration.ofDays(30));
  public static final EventType MATCH =
      new EventType(4, "match", true, Duration.ofMinutes(30), Duration.ofDays(30));

  public static final Catalogue STANDARD = new Catalogue(List.of(MESSAGE, VISIT, MATCH));

  private Catalogues() {}
}
