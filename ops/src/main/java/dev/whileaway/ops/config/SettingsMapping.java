package dev.whileaway.ops.config;

import static dev.whileaway.ops.config.ConfigurationException.expected;

import dev.whileaway.aggregator.DaemonSettings;
import dev.whileaway.aggregator.DaemonSettings.Listen;
import dev.whileaway.ops.config.TemplateSettings.TypeRule;
import dev.whileaway.presence.OnlineRule;
import dev.whileaway.presence.PresenceSettings;
import dev.whileaway.worker.WorkerSettings;
import dev.whileaway.worker.plan.Backoff;
import dev.whileaway.worker.plan.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// From keys to the records of the other modules, and the rules that hold between keys.
final class SettingsMapping {

  private final Configuration keys;
  private final OnlineRule online;

  SettingsMapping(Configuration keys) {
    this.keys = keys;
    Configuration.Presence.Online rule = keys.presence().online();
    this.online = new OnlineRule(rule.recent(), rule.web(), rule.app());
  }

  Settings settings() throws ConfigurationException {
    Path data =
        keys.data()
            .orElseThrow(
                () -> expected("data", "a folder, here or as --data DIR", "neither of them"));
    new DeliveryRules(keys.delivery(), keys.worker().leaseTtl()).check();
    var delivery =
        new DeliveryMapping(keys.delivery())
            .settings(data.resolve("outbox"), new MailMapping(keys.mail()).identity());
    return new Settings(daemon(data), worker(), delivery, templates(), fastForward());
  }

  private DaemonSettings daemon(Path data) throws ConfigurationException {
    return new DaemonSettings(
        // A folder of its own: the store refuses one that holds what it does not know.
        data.resolve("store"),
        keys.node(),
        keys.shards(),
        keys.log(),
        new Listen(keys.grpc().host(), keys.grpc().port()),
        new Listen(keys.http().host(), keys.http().port()),
        keys.tls().map(tls -> new DaemonSettings.Tls(tls.certificate(), tls.key(), tls.clientCa())),
        apiKeys(),
        keys.insecure(),
        new DaemonSettings.Limits(
            keys.limits().eventsPerBacklog(),
            keys.limits().snapshotEntries(),
            keys.limits().ledgerDays()),
        new PresenceSettings(
            data.resolve("presence"),
            keys.presence().expectedUsers(),
            keys.presence().keepFor(),
            online,
            keys.presence().keepAlive()));
  }

  private List<DaemonSettings.ApiKey> apiKeys() throws ConfigurationException {
    for (int i = 0; i < keys.apiKeys().size(); i++) {
      String key = "api-keys[" + i + "].key";
      String secret = keys.apiKeys().get(i).key();
      if (secret.length() < 16) {
        throw expected(key, "at least 16 characters", "fewer");
      }
      Secrets.refuseExample(key, secret);
    }
    return keys.apiKeys().stream()
        .map(key -> new DaemonSettings.ApiKey(key.name(), key.key(), Set.copyOf(key.roles())))
        .toList();
  }

  private WorkerSettings worker() {
    Configuration.Worker worker = keys.worker();
    return new WorkerSettings(
        worker.name(),
        worker.batch(),
        worker.leaseTtl(),
        worker.tick(),
        worker.inFlight(),
        policy());
  }

  /// What holds of telling, whoever tells.
  PolicySettings policySettings() throws ConfigurationException {
    return new PolicySettings(policy(), templates());
  }

  private Policy policy() {
    Configuration.Policy policy = keys.policy();
    return new Policy(
        policy.escalation(),
        policy.onlineRetry(),
        policy.nightFrom(),
        policy.nightTo(),
        policy.onUnknown(),
        online,
        policy.ladder(),
        new Backoff(policy.backoff().first(), policy.backoff().longest()));
  }

  private TemplateSettings templates() throws ConfigurationException {
    Map<String, TypeRule> types = new TreeMap<>();
    keys.policy()
        .types()
        .forEach((name, rule) -> types.put(name, new TypeRule(rule.window(), rule.urgent())));
    return new TemplateSettings(keys.templates(), types, new MailMapping(keys.mail()).links());
  }

  private Optional<FastForward> fastForward() throws ConfigurationException {
    Configuration.Clock clock = keys.clock();
    if (clock.start().isPresent() != clock.speed().isPresent()) {
      throw expected(
          "clock",
          "start and speed together",
          clock.start().isPresent() ? "start alone" : "speed alone");
    }
    return clock.start().map(start -> new FastForward(start, clock.speed().orElseThrow()));
  }
}
