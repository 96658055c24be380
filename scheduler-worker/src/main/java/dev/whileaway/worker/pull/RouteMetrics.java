package dev.whileaway.worker.pull;

import dev.whileaway.worker.deliver.route.Route;
import dev.whileaway.worker.deliver.route.Route.Load;
import dev.whileaway.worker.deliver.route.RouteCounts.What;
import dev.whileaway.worker.deliver.route.Routes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// How the routes of push apps stand, one series for each.
final class RouteMetrics {

  private static final String PREFIX = "whileaway.worker.route.";

  private RouteMetrics() {}

  static void register(MeterRegistry registry, Routes routes) {
    for (Route route : routes.push()) {
      gauge(registry, route, "waiting", "sends that wait for a place", Load::waiting);
      gauge(registry, route, "under.way", "sends under way", Load::underWay);
      gauge(registry, route, "limit", "sends that may be under way at present", Load::limit);
      gauge(
          registry,
          route,
          "banned",
          "1: the provider fails, and nothing is sent to it for a while",
          load -> load.banned() ? 1 : 0);
      count(registry, route);
    }
  }

  private static void count(MeterRegistry registry, Route route) {
    for (What what : What.values()) {
      FunctionCounter.builder(PREFIX + "sends", route.counts(), counts -> counts.of(what))
          .description("what became of the sends of an app")
          .tag("route", route.name())
          .tag("what", what.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static void gauge(
      MeterRegistry registry,
      Route route,
      String name,
      String description,
      ToDoubleFunction<Load> value) {
    Gauge.builder(PREFIX + name, route, one -> value.applyAsDouble(one.load()))
        .description(description)
        .tag("route", route.name())
        .strongReference(true)
        .register(registry);
  }
}
