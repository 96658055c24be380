package dev.whileaway.ops.config;

import dev.whileaway.aggregator.DaemonSettings.ApiRole;
import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.ops.config.Values.Batch;
import dev.whileaway.ops.config.Values.Count;
import dev.whileaway.ops.config.Values.Name;
import dev.whileaway.ops.config.Values.Port;
import dev.whileaway.ops.config.Values.Shards;
import dev.whileaway.worker.plan.Policy.Ladder;
import dev.whileaway.worker.plan.Policy.OnUnknown;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every key of `whileaway.yaml`, with its default; `whileaway.example.yaml` explains them. A key
/// may be given by the environment too: `grpc.port` is `WHILEAWAY_GRPC_PORT`, and `api-keys[0].key`
/// is `WHILEAWAY_API_KEYS_0__KEY`.
@ConfigMapping(prefix = "whileaway")
interface Configuration {

  Optional<Path> data();

  @WithDefault("local")
  @WithConverter(Name.class)
  String node();

  @WithDefault("2")
  @WithConverter(Shards.class)
  int shards();

  @WithDefault("local")
  Log log();

  GrpcPort grpc();

  HttpPort http();

  Optional<Tls> tls();

  List<ApiKey> apiKeys();

  @WithDefault("false")
  boolean insecure();

  Limits limits();

  Presence presence();

  Worker worker();

  Policy policy();

  Optional<Path> templates();

  DeliveryConfiguration delivery();

  MailConfiguration mail();

  Clock clock();

  interface GrpcPort {
    @WithDefault("127.0.0.1")
    String host();

    @WithDefault("7400")
    @WithConverter(Port.class)
    int port();
  }

  interface HttpPort {
    @WithDefault("127.0.0.1")
    String host();

    @WithDefault("7480")
    @WithConverter(Port.class)
    int port();
  }

  interface Tls {
    Path certificate();

    Path key();

    Optional<Path> clientCa();
  }

  interface ApiKey {
    @WithConverter(Name.class)
    String name();

    String key();

    List<ApiRole> roles();
  }

  interface Limits {
    @WithDefault("200")
    @WithConverter(Count.class)
    int eventsPerBacklog();

    @WithDefault("200000")
    @WithConverter(Count.class)
    int snapshotEntries();

    @WithDefault("30")
    @WithConverter(Count.class)
    int ledgerDays();
  }

  interface Presence {
    @WithDefault("100000")
    @WithConverter(Count.class)
    int expectedUsers();

    @WithDefault("30d")
    Duration keepFor();

    @WithDefault("24h")
    Duration keepAlive();

    Online online();

    interface Online {
      @WithDefault("30m")
      Duration recent();

      @WithDefault("15m")
      Duration web();

      @WithDefault("15m")
      Duration app();
    }
  }

  interface Worker {
    @WithDefault("worker-1")
    @WithConverter(Name.class)
    String name();

    @WithDefault("100")
    @WithConverter(Batch.class)
    int batch();

    @WithDefault("60s")
    Duration leaseTtl();

    @WithDefault("200ms")
    Duration tick();

    @WithDefault("1000")
    @WithConverter(Count.class)
    int inFlight();
  }

  interface Policy {
    @WithDefault("10m")
    Duration escalation();

    @WithDefault("5m")
    Duration onlineRetry();

    @WithDefault("23:00")
    LocalTime nightFrom();

    @WithDefault("08:00")
    LocalTime nightTo();

    @WithDefault("presume")
    OnUnknown onUnknown();

    @WithDefault("push-then-email")
    Ladder ladder();

    Backoff backoff();

    /// By the type's name in the catalogue.
    Map<String, Type> types();

    interface Backoff {
      @WithDefault("30s")
      Duration first();

      @WithDefault("1h")
      Duration longest();
    }

    /// What is not given is the catalogue's.
    interface Type {
      Optional<Duration> window();

      Optional<Boolean> urgent();
    }
  }

  interface Clock {
    Optional<Instant> start();

    Optional<Double> speed();
  }
}
