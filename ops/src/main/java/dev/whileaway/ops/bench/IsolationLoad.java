package dev.whileaway.ops.bench;

import dev.whileaway.ops.bench.IsolationFigures.Latency;
import dev.whileaway.ops.demo.ServeProcess;
import dev.whileaway.testkit.push.FakeApns;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.FakePushes;
import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.ReportRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Digests of four apps at a steady rate, told by a `serve` in a process of its own: first to four
/// healthy providers, then to one that is healthy still, one that hangs (APNs, whose route may have
/// most under way), one that refuses all and one that wants a rest. The load is the same, so that
/// only the sickness makes a difference.
///
/// The providers are here, and see when each digest comes. Users come again and again: a heap that
/// grows then keeps what it should not.
final class IsolationLoad {

  private static final int USERS_OF_AN_APP = 4_000;
  private static final Duration EVENT_WINDOW = Duration.ofSeconds(1);
  private static final Duration BEAT = Duration.ofMillis(20);

  /// What the sick need to show how sick they are.
  private static final Duration ONSET = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(5);

  private final Map<App, FakePushes> fakes = new EnumMap<>(App.class);
  private final Map<App, Arrivals> arrivals = new EnumMap<>(App.class);
  private volatile boolean stopped;

  /// @param perBeat digests
  private enum App {
    HEALTHY(4),
    HANGING(1),
    REFUSING(1),
    RESTING(1);

    final int perBeat;

    App(int perBeat) {
      this.perBeat = perBeat;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    String user(int number) {
      return word() + "-" + number;
    }

    Device device(int number) {
      var device = Device.newBuilder();
      return this == HANGING
          ? device
              .setPlatform(Platform.PLATFORM_APNS)
              .setApp(FakeApns.TOPIC)
              .setToken("%064x".formatted(number))
              .build()
          : device.setPlatform(Platform.PLATFORM_FCM).setApp(word()).setToken(user(number)).build();
    }

    int number(String token) {
      return this == HANGING
          ? Integer.parseInt(token, 16)
          : Integer.parseInt(token.substring(token.indexOf('-') + 1));
    }
  }

  /// @param soak how long it goes on after that, with samples of the heap; zero: not
  IsolationFigures run(Path folder, Duration warmUp, Duration window, Duration soak)
      throws IOException, InterruptedException {
    try {
      for (App app : App.values()) {
        FakePushes fake = app == App.HANGING ? FakeApns.start() : FakeFcm.start();
        Arrivals seen = new Arrivals(USERS_OF_AN_APP);
        fakes.put(app, fake);
        arrivals.put(app, seen);
        fake.onPush(push -> seen.taken(app.number(push.token()), push));
      }
      Path configuration = Files.writeString(folder.resolve("whileaway.yaml"), yaml(folder));
      try (ServeProcess serve =
          ServeProcess.start(folder.resolve("data"), configuration, folder.resolve("serve.log"))) {
        return run(serve, warmUp, window, soak);
      }
    } finally {
      fakes.values().forEach(FakePushes::close);
    }
  }

  private IsolationFigures run(ServeProcess serve, Duration warmUp, Duration window, Duration soak)
      throws IOException, InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(serve.grpc()).usePlaintext().directExecutor().build();
    try (ExecutorService reporting = Executors.newSingleThreadExecutor()) {
      putProfiles(channel);
      Future<?> reports = reporting.submit(() -> report(channel));
      try {
        Latency calm = latency(warmUp, window);
        fallSick();
        Latency sick = latency(ONSET, window);
        List<Double> heap = HeapSamples.over(soak, serve, HttpClient.newHttpClient());
        stopped = true;
        reports.get();
        fakes.values().forEach(fake -> fake.otherwise(PushBehaviour.ACCEPT));
        return new IsolationFigures(calm, sick, lost(), doubled(), heap);
      } catch (ExecutionException e) {
        throw new IOException("expected every event to be taken, but found " + e.getCause(), e);
      } finally {
        stopped = true;
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private Latency latency(Duration before, Duration window) throws InterruptedException {
    Thread.sleep(before);
    var _ = at(App.HEALTHY).latency();
    Thread.sleep(window);
    return at(App.HEALTHY).latency();
  }

  private void fallSick() {
    fake(App.HANGING).otherwise(PushBehaviour.HANG);
    fake(App.REFUSING).otherwise(PushBehaviour.refuse(400, "INVALID_ARGUMENT"));
    fake(App.RESTING).otherwise(PushBehaviour.refuse(429, "QUOTA_EXCEEDED", REST));
  }

  /// @return digests that never came, though all are well again: of the healthy app, where one that
  ///   was late counts too, and of the one that wanted a rest. What hung may have been taken, and
  ///   what was refused comes no more.
  private long lost() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (waiting() > 0 && System.nanoTime() < end) {
      Thread.sleep(BEAT);
    }
    return waiting() + at(App.HEALTHY).overdue();
  }

  private long waiting() {
    return at(App.HEALTHY).waiting() + at(App.RESTING).waiting();
  }

  private long doubled() {
    return arrivals.values().stream().mapToLong(Arrivals::doubled).sum();
  }

  private Arrivals at(App app) {
    return Objects.requireNonNull(arrivals.get(app), app.word());
  }

  private FakePushes fake(App app) {
    return Objects.requireNonNull(fakes.get(app), app.word());
  }

  private String yaml(Path folder) throws IOException {
    var yaml = new StringBuilder();
    yaml.append("worker:\n  batch: 500\n  tick: 20ms\n");
    // Nobody has an address: soon after a push its backlog ends, and the next event has its own.
    // And who was put off comes again soon, so that one sees in a minute that all come.
    yaml.append("policy:\n  escalation: 1s\n  backoff:\n    longest: 30s\n");
    yaml.append("  types:\n    message:\n      window: ");
    yaml.append(EVENT_WINDOW.toMillis()).append("ms\n");
    yaml.append("delivery:\n").append(fake(App.HANGING).settings(folder)).append("  fcm:\n");
    fakes.forEach((app, fake) -> {
      if (fake instanceof FakeFcm fcm) {
        yaml.append(
            "    - {app: %s, base-url: '%s', project: %s, bearer: %s}%n"
                .formatted(app.word(), fcm.baseUrl(), fcm.project(), fcm.bearer()));
      }
    });
    return yaml.toString();
  }

  private static void putProfiles(ManagedChannel channel) {
    var profiles = ProfileServiceGrpc.newBlockingStub(channel);
    for (App app : App.values()) {
      for (int i = 0; i < USERS_OF_AN_APP; i++) {
        var profile =
            Profile.newBuilder()
                .setUser(app.user(i))
                .setZone("Europe/Berlin")
                .addDevices(app.device(i));
        var _ = profiles.putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
      }
    }
  }

  /// At a steady rate: a beat that comes late is made up for.
  private Void report(ManagedChannel channel) throws InterruptedException {
    var events = EventServiceGrpc.newBlockingStub(channel);
    long next = System.nanoTime();
    for (int beat = 0; !stopped; beat++) {
      var request = ReportRequest.newBuilder();
      for (App app : App.values()) {
        for (int i = 0; i < app.perBeat; i++) {
          int user = (beat * app.perBeat + i) % USERS_OF_AN_APP;
          at(app).reported(user, EVENT_WINDOW);
          request.addEvents(
              Event.newBuilder()
                  .setRecipient(app.user(user))
                  .setType("message")
                  .setData("Are you still coming on Saturday?"));
        }
      }
      var _ = events.report(request.build());
      next += BEAT.toNanos();
      long pause = next - System.nanoTime();
      if (pause > 0) {
        Thread.sleep(Duration.ofNanos(pause));
      }
    }
    return null;
  }
}
