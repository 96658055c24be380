package dev.whileaway.ops.bench;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.ops.config.ConfigurationException;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.config.Settings;
import dev.whileaway.ops.serve.RunningClock;
import dev.whileaway.testkit.push.FakeApns;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliveryChannels;
import dev.whileaway.worker.deliver.mail.Suppressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How fast pushes go out, and how fast digests do.
public final class DeliveryBench {

  private static final String TAKES_ALL = "accept";
  private static final Duration EVENT_WINDOW = Duration.ofSeconds(20);

  private final WorkFolder folder;
  private final Duration warmUp;
  private final Duration window;

  public DeliveryBench(WorkFolder folder, Duration warmUp, Duration window) {
    this.folder = folder;
    this.warmUp = warmUp;
    this.window = window;
  }

  private PushFigures push(String provider, Platform platform, String app)
      throws IOException, InterruptedException {
    Path work = folder.next(provider);
    try (var fake = FakeProviderProcess.start(provider, TAKES_ALL, work);
        var channels =
            DeliveryChannels.open(
                settings(work, fake).delivery(),
                Suppressions.NONE,
                new RunningClock(Optional.empty()))) {
      return new PushLoad(channels.push(), platform, app).run(fake, warmUp, window);
    }
  }

  private PipelineFigures pipeline(int users) throws IOException, InterruptedException {
    Path work = folder.next("pipeline");
    try (var apns =
            FakeProviderProcess.start(
                "apns", TAKES_ALL, Files.createDirectory(work.resolve("apns")));
        var fcm =
            FakeProviderProcess.start(
                "fcm", TAKES_ALL, Files.createDirectory(work.resolve("fcm")))) {
      return new PipelineLoad(users, EVENT_WINDOW).run(work, List.of(apns, fcm), FakeApns.TOPIC);
    }
  }

  /// What can be measured.
  public enum Part {
    APNS,
    FCM,
    PIPELINE
  }

  /// @param users of the pipeline
  public DeliveryFigures run(Set<Part> parts, int users) throws IOException, InterruptedException {
    Map<String, PushFigures> push = new LinkedHashMap<>();
    if (parts.contains(Part.APNS)) {
      push.put("apns", push("apns", Platform.PLATFORM_APNS, FakeApns.TOPIC));
    }
    if (parts.contains(Part.FCM)) {
      push.put("fcm", push("fcm", Platform.PLATFORM_FCM, ""));
    }
    return new DeliveryFigures(
        push, parts.contains(Part.PIPELINE) ? Optional.of(pipeline(users)) : Optional.empty());
  }

  private static Settings settings(Path work, FakeProviderProcess fake) throws IOException {
    Path yaml = Files.writeString(work.resolve("whileaway.yaml"), "delivery:\n" + fake.settings());
    try {
      return new ConfigurationLoader(Map.of())
          .load(Optional.of(yaml), Map.of("data", work.resolve("data").toString()));
    } catch (ConfigurationException e) {
      throw new IOException(e);
    }
  }
}
