package dev.whileaway.ops.config;

import static dev.whileaway.ops.config.ConfigurationException.expected;

import dev.whileaway.ops.config.DeliveryConfiguration.Apns;
import dev.whileaway.ops.config.DeliveryConfiguration.App;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules that hold between the apps of a push platform, and between waiting and leases.
final class DeliveryRules {

  private final DeliveryConfiguration delivery;
  private final Duration leaseTtl;

  DeliveryRules(DeliveryConfiguration delivery, Duration leaseTtl) {
    this.delivery = delivery;
    this.leaseTtl = leaseTtl;
  }

  void check() throws ConfigurationException {
    if (delivery.smtp().host().isPresent()) {
      checkTimeout("delivery.smtp", delivery.smtp().timeout());
    }
    check("delivery.fcm", delivery.fcm());
    check("delivery.apns", delivery.apns());
    check("delivery.web-push", delivery.webPush());
    check("delivery.hms", delivery.hms());
  }

  private void check(String list, List<? extends App> apps) throws ConfigurationException {
    for (int i = 0; i < apps.size(); i++) {
      checkTimeout(list + "[" + i + "]", apps.get(i).timeout());
    }
    checkNames(list, apps);
  }

  /// Whoever answers later than the lease lasts is not heard, and keeps a place from others. What
  /// was waited for before begin-send does not count: that asks whether the lease is still held.
  /// Nor does a further try, which begins within the lease or not at all.
  private void checkTimeout(String key, Duration timeout) throws ConfigurationException {
    if (timeout.compareTo(leaseTtl) >= 0) {
      throw expected(
          key + ".timeout",
          "less than the %s of worker.lease-ttl, after which the answer comes too late"
              .formatted(Spans.format(leaseTtl)),
          Spans.format(timeout));
    }
  }

  /// A push goes to the first app that has its device's name: one whose names are all taken would
  /// get none. At APNs the topic is a name too.
  private static void checkNames(String list, List<? extends App> apps)
      throws ConfigurationException {
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < apps.size(); i++) {
      String key = list + "[" + i + "]";
      Map<String, String> names = new LinkedHashMap<>();
      String app = apps.get(i).app().orElse("");
      names.put(app, key + ".app");
      if (apps.get(i) instanceof Apns apns) {
        names.putIfAbsent(apns.topic(), key + ".topic");
      }
      if (owners.keySet().containsAll(names.keySet())) {
        throw expected(
            key + ".app",
            "a name that is not taken by "
                + owners.get(app)
                + ", which comes first and gets all its pushes",
            app.isEmpty() ? "none in both" : "\"" + app + "\"");
      }
      names.forEach(owners::putIfAbsent);
    }
  }
}
