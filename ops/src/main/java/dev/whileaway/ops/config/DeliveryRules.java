package dev.whileaway.ops.config;

import static dev.whileaway.ops.config.ConfigurationException.expected;

import dev.whileaway.ops.config.DeliveryConfiguration.Apns;
import dev.whileaway.ops.config.DeliveryConfiguration.App;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rules that hold between the apps of a push platform.
final class DeliveryRules {

  private final DeliveryConfiguration delivery;

  DeliveryRules(DeliveryConfiguration delivery) {
    this.delivery = delivery;
  }

  void check() throws ConfigurationException {
    checkNames("delivery.fcm", delivery.fcm());
    checkNames("delivery.apns", delivery.apns());
    checkNames("delivery.web-push", delivery.webPush());
    checkNames("delivery.hms", delivery.hms());
  }

  /// A push goes to the first app that has its device's name: another of that name would get none.
  private static void checkNames(String list, List<? extends App> apps)
      throws ConfigurationException {
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < apps.size(); i++) {
      String key = list + "[" + i + "]";
      String app = apps.get(i).app().orElse("");
      String owner = owners.get(app);
      if (owner != null) {
        throw expected(
            key + ".app",
            "a name that is not taken by " + owner + ", which comes first and gets all its pushes",
            app.isEmpty() ? "none in both" : "\"" + app + "\"");
      }
      owners.put(app, key + ".app");
      // A topic may have several apps, such as one a host: then it names the first.
      if (apps.get(i) instanceof Apns apns) {
        owners.putIfAbsent(apns.topic(), key + ".topic");
      }
    }
  }
}
