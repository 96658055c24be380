package dev.whileaway.ops.bench;

import dev.whileaway.benchmarks.process.ProcessUse;
import dev.whileaway.ops.demo.Scrape;
import dev.whileaway.ops.demo.ServeProcess;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Many users who become due together, half with an iPhone and half with Android, told by a `serve`
/// in a process of its own to fakes in theirs. Twice as many others are told before, and not
/// counted: until then the JVM compiles rather than works.
final class PipelineLoad {

  private static final int EVENTS_A_CALL = 1_000;
  private static final int PROFILES_IN_FLIGHT = 256;

  /// Each look costs `serve` a page of metrics; what was told between two of them is known exactly.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String SETTLED = "whileaway_worker_settled_total";
  private static final String SENT = "whileaway_worker_sent_total";
  private static final String UNSENT = "whileaway_worker_unsent_total";
  private static final String DUE_TO_ACCEPTED = "whileaway_worker_due_to_accepted_seconds";

  private final int users;
  private final int warmUp;
  private final Duration window;
  private final HttpClient http = HttpClient.newHttpClient();

  /// @param window of the events: all of them are reported before the first is due
  PipelineLoad(int users, Duration window) {
    this.users = users;
    this.warmUp = 2 * users;
    this.window = window;
  }

  PipelineFigures run(Path folder, List<FakeProviderProcess> fakes, String app)
      throws IOException, InterruptedException {
    Path configuration = Files.writeString(folder.resolve("whileaway.yaml"), yaml(fakes));
    try (ServeProcess serve =
        ServeProcess.start(folder.resolve("data"), configuration, folder.resolve("serve.log"))) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(serve.grpc()).usePlaintext().directExecutor().build();
      try {
        putProfiles(channel, app);
        report(channel, 0, warmUp);
        Reading warm = await(serve, fakes, warmUp);
        report(channel, warmUp, warmUp + users);
        Reading begin = await(serve, fakes, warmUp + users / 10);
        Reading end = await(serve, fakes, warmUp + users - users / 10);
        Reading last = await(serve, fakes, warmUp + users);
        return figures(begin, end, last.scrape.since(warm.scrape), fakes);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private String yaml(List<FakeProviderProcess> fakes) {
    var yaml = new StringBuilder();
    yaml.append("worker:\n  batch: 500\n  tick: 20ms\n  in-flight: 1000\n");
    yaml.append("policy:\n  types:\n    message:\n      window: ");
    yaml.append(window.toMillis()).append("ms\n");
    yaml.append("delivery:\n");
    fakes.forEach(fake -> yaml.append(fake.settings()));
    return yaml.toString();
  }

  private void putProfiles(ManagedChannel channel, String app) throws InterruptedException {
    var profiles = ProfileServiceGrpc.newFutureStub(channel);
    var inFlight = new Semaphore(PROFILES_IN_FLIGHT);
    for (int i = 0; i < warmUp + users; i++) {
      inFlight.acquire();
      var put = PutProfileRequest.newBuilder().setProfile(profile(i, app)).build();
      profiles.putProfile(put).addListener(inFlight::release, Runnable::run);
    }
    inFlight.acquire(PROFILES_IN_FLIGHT);
  }

  private static Profile profile(int number, String app) {
    var device = Device.newBuilder().setToken("%064x".formatted(number));
    if (number % 2 == 0) {
      device.setPlatform(Platform.PLATFORM_FCM);
    } else {
      device.setPlatform(Platform.PLATFORM_APNS).setApp(app);
    }
    return Profile.newBuilder()
        .setUser("user-" + number)
        .setName("Anna " + number)
        .setZone("Europe/Berlin")
        .addDevices(device)
        .build();
  }

  /// @param to the first user who is not told
  private void report(ManagedChannel channel, int first, int to) {
    var events = EventServiceGrpc.newBlockingStub(channel);
    for (int from = first; from < to; from += EVENTS_A_CALL) {
      var request = ReportRequest.newBuilder();
      for (int i = from; i < Math.min(from + EVENTS_A_CALL, to); i++) {
        request.addEvents(
            Event.newBuilder()
                .setRecipient("user-" + i)
                .setSender("user-" + (i + 1) % to)
                .setType("message")
                .setData("Are you still coming on Saturday? We kept you a seat."));
      }
      var _ = events.report(request.build());
    }
  }

  /// @param told digests whose leases were answered: sent
  /// @param givenBack leases for which there was no room
  private record Reading(
      Scrape scrape, long nanos, double told, double givenBack, double serveCpu, double fakesCpu) {}

  /// Until so many were told; or, if no more come, what there is.
  private Reading await(ServeProcess serve, List<FakeProviderProcess> fakes, int told)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      Scrape scrape = Scrape.of(http, serve.http());
      double now = scrape.sum(SETTLED, Map.of("reason", "sent"));
      if (now >= told || System.nanoTime() - begun > PATIENCE.toNanos()) {
        double fakesCpu = 0;
        for (FakeProviderProcess fake : fakes) {
          fakesCpu += fake.cpuSeconds();
        }
        return new Reading(
            scrape,
            System.nanoTime(),
            now,
            scrape.sum(UNSENT, Map.of("cause", "full")),
            ProcessUse.cpuSeconds(serve.handle()),
            fakesCpu);
      }
      Thread.sleep(LOOK);
    }
  }

  /// @param counted of those that were not told to warm up
  private PipelineFigures figures(
      Reading begin, Reading end, Scrape counted, List<FakeProviderProcess> fakes)
      throws IOException {
    double digests = end.told - begin.told;
    List<String> tokens = new ArrayList<>(); // Each has one event, and so one digest.
    for (FakeProviderProcess fake : fakes) {
      fake.received().forEach(line -> tokens.add(line.substring(0, line.indexOf('\t'))));
    }
    long distinct = tokens.stream().distinct().count();
    return new PipelineFigures(
        digests / ((end.nanos - begin.nanos) / 1e9),
        (end.serveCpu - begin.serveCpu) / digests * 1e5,
        (end.fakesCpu - begin.fakesCpu) / digests * 1e5,
        (end.givenBack - begin.givenBack) / digests * 100,
        counted.quantile(DUE_TO_ACCEPTED, 0.5),
        counted.quantile(DUE_TO_ACCEPTED, 0.99),
        (long) counted.sum(SENT, Map.of("outcome", "unknown")),
        warmUp + users - distinct,
        tokens.size() - distinct);
  }
}
