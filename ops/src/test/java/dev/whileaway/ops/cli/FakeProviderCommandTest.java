package dev.whileaway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.serve.RunningClock;
import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliveryChannels;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.mail.Suppressions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./whileaway fake-provider`, and what `serve` would send to it by the settings that it prints.
class FakeProviderCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "apns,    accept,                   Accepted,   200",
    "apns,    503 Shutdown,             RetryAfter, 503 Shutdown",
    "fcm,     accept,                   Accepted,   200",
    "fcm,     turnaway,                 RetryAfter, GoAway",
    "fcm,     404 NOT_FOUND,            RetryAfter, base-url or project is wrong",
    "rustore, accept,                   Accepted,   200",
    // Without details it is the token that is not known: it alone, or all.
    "rustore, 404 NOT_FOUND,            Rejected,   delivery.fcm[].project",
    "hms,     accept,                   Accepted,   80000000",
    "hms,     429 81000000 retry 30,    RetryAfter, 429 81000000",
  })
  void push_overTheSettingsThatItPrints_endsAsItWasTold(
      String provider, String behaviour, String outcome, String words) throws Exception {
    var command =
        Thread.ofPlatform()
            .start(() ->
                Whileaway.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .execute(
                        "fake-provider",
                        provider,
                        "--behaviour",
                        behaviour,
                        "--folder",
                        folder.toString()));
    try {
      await().atMost(PATIENCE).until(() -> out.toString().contains("delivery:"));
      try (var channels = channels()) {
        Outcome found = channels.push().send(push(provider));
        assertThat(found.getClass().getSimpleName()).as(found.detail()).isEqualTo(outcome);
        assertThat(found.detail()).contains(words);
      }
    } finally {
      command.interrupt();
      command.join();
    }
  }

  private DeliveryChannels channels() throws Exception {
    String said = out.toString();
    Path yaml =
        Files.writeString(
            folder.resolve("whileaway.yaml"), said.substring(said.indexOf("delivery:")));
    var settings =
        new ConfigurationLoader(Map.of())
            .load(Optional.of(yaml), Map.of("data", folder.resolve("data").toString()))
            .delivery();
    return DeliveryChannels.open(
        settings, 100, Suppressions.NONE, new RunningClock(Optional.empty()));
  }

  private static Push push(String provider) {
    var device = Device.newBuilder().setToken("a1b2");
    switch (provider) {
      case "apns" -> device.setPlatform(Platform.PLATFORM_APNS).setApp("org.example.app");
      case "hms" -> device.setPlatform(Platform.PLATFORM_HMS);
      default -> device.setPlatform(Platform.PLATFORM_FCM);
    }
    return new Push(
        device.build(),
        "anna-7",
        "digest",
        new PushText("Anna", "3", "Anna: 3", "", 3),
        false,
        Instant.now().plus(Duration.ofHours(4)));
  }
}
