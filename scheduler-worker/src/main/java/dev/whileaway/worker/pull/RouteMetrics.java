package dev.whileaway.worker.pull;

import dev.whileaway.worker.deliver.route.Route;
import dev.whileaway.worker.deliver.route.Route.Load;
import dev.whileaway.worker.deliver.route.Routes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
