package dev.whileaway.ops.bench;

import dev.whileaway.ops.config.ConfigurationException;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.serve.RunningClock;
import dev.whileaway.worker.deliver.DeliveryChannels;
import dev.whileaway.worker.deliver.DeliverySettings;
import dev.whileaway.worker.deliver.mail.Suppressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The channels that `serve` would open for a fake provider.
final class BenchSettings {

  /// So many that one app alone may have a thousand sends under way.
  private static final int PLACES = 1_500;

  private BenchSettings() {}

  static DeliverySettings delivery(Path work, FakeProviderProcess fake, Map<String, String> keys)
      throws IOException {
    Path yaml = Files.writeString(work.resolve("whileaway.yaml"), "delivery:\n" + fake.settings());
    var all = new HashMap<>(keys);
    all.put("data", work.resolve("data").toString());
    try {
      return new ConfigurationLoader(Map.of()).load(Optional.of(yaml), all).delivery();
    } catch (ConfigurationException e) {
      throw new IOException(e);
    }
  }

  static DeliveryChannels channels(DeliverySettings settings) throws IOException {
    return DeliveryChannels.open(
        settings, PLACES, Suppressions.NONE, new RunningClock(Optional.empty()));
  }
}
