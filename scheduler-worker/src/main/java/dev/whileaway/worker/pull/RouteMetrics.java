package dev.whileaway.worker.pull;

import dev.whileaway.worker.deliver.route.Route;
import dev.whileaway.worker.deliver.route.Route.Load;
import dev.whileaway.worker.deliver.route.RouteCounts.What;
import dev.whileaway.worker.deliver.route.RoutedMailSender;
import dev.whileaway.worker.deliver.route.RoutedMailSender.Domains;
import dev.whileaway.worker.deliver.route.Routes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// How the routes of push apps stand, one series for each, and those of mails together.
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
    routes.mail().ifPresent(mail -> register(registry, mail));
  }

  /// Domains are too many for a series each.
  private static void register(MeterRegistry registry, RoutedMailSender mail) {
    Gauge.builder("whileaway.worker.mails.waiting", mail, RoutedMailSender::waiting)
        .description("mails that wait for a place")
        .register(registry);
    domains(registry, mail, "known", Domains::known);
    domains(registry, mail, "resting", Domains::resting);
    domains(registry, mail, "banned", Domains::banned);
  }

  private static void domains(
      MeterRegistry registry,
      RoutedMailSender mail,
      String state,
      ToDoubleFunction<Domains> value) {
    Gauge.builder("whileaway.worker.mail.domains", mail, one -> value.applyAsDouble(one.domains()))
        .description("domains that mails went to of late, by how they take them")
        .tag("state", state)
        .register(registry);
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
