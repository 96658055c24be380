package dev.whileaway.ops.bench;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.testkit.push.FakeApns;
import dev.whileaway.v1.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How fast pushes go out, and how fast digests do.
public final class DeliveryBench {

  private static final Duration EVENT_WINDOW = Duration.ofSeconds(20);

  private final WorkFolder folder;
  private final Duration warmUp;
  private final Duration window;

  public DeliveryBench(WorkFolder folder, Duration warmUp, Duration window) {
    this.folder = folder;
    this.warmUp = warmUp;
    this.window = window;
  }

  private SendFigures push(String provider, Platform platform, String app)
      throws IOException, InterruptedException {
    Path work = folder.next(provider);
    try (var fake = FakeProviderProcess.start(provider, work);
        var channels = BenchSettings.channels(BenchSettings.delivery(work, fake, Map.of()))) {
      var pushes = new BenchPushes(channels.push(), platform, app);
      return new SendLoad(BenchPushes.LANES, pushes).run(fake, warmUp, window);
    }
  }

  private PipelineFigures pipeline(int users) throws IOException, InterruptedException {
    Path work = folder.next("pipeline");
    try (var apns = FakeProviderProcess.startRemembering("apns", work.resolve("apns"));
        var fcm = FakeProviderProcess.startRemembering("fcm", work.resolve("fcm"))) {
      return new PipelineLoad(users, EVENT_WINDOW).run(work, List.of(apns, fcm), FakeApns.TOPIC);
    }
  }

  private IsolationFigures isolation(Duration soak) throws IOException, InterruptedException {
    return new IsolationLoad().run(folder.next("isolation"), warmUp, window, soak);
  }

  /// What can be measured.
  public enum Part {
    APNS,
    FCM,
    PIPELINE,
    ISOLATION
  }

  /// @param users of the pipeline
  /// @param soak how long the isolation goes on with samples of the heap; zero: not
  public DeliveryFigures run(Set<Part> parts, int users, Duration soak)
      throws IOException, InterruptedException {
    Map<String, SendFigures> push = new LinkedHashMap<>();
    if (parts.contains(Part.APNS)) {
      push.put("apns", push("apns", Platform.PLATFORM_APNS, FakeApns.TOPIC));
    }
    if (parts.contains(Part.FCM)) {
      push.put("fcm", push("fcm", Platform.PLATFORM_FCM, ""));
    }
    return new DeliveryFigures(
        push,
        parts.contains(Part.PIPELINE) ? Optional.of(pipeline(users)) : Optional.empty(),
        parts.contains(Part.ISOLATION) ? Optional.of(isolation(soak)) : Optional.empty());
  }
}
