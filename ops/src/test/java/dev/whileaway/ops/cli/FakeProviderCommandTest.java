package dev.whileaway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.serve.RunningClock;
import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.PutProfileResponse;
import dev.whileaway.worker.deliver.DeliveryChannels;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.mail.Suppressions;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./whileaway fake-provider`, and what `serve` would send to it by what it prints: the settings,
/// and the command that stores somebody to send to.
class FakeProviderCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern STORING =
      Pattern.compile("\\./whileaway profile put anna (?<flag>\\S+) '(?<value>.+)'\n");

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
    // A browser that cannot read what came would answer 400.
    "webpush, accept,                   Accepted,   201",
    "webpush, unregistered 2026-01-31T10:15:00Z, Unregistered, 410",
    "webpush, 503 STORM,                RetryAfter, 503 STORM",
    "hms,     accept,                   Accepted,   80000000",
    "hms,     429 81000000 retry 30,    RetryAfter, 429 81000000",
  })
  void push_byWhatItPrints_endsAsItWasTold(
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
      await().atMost(PATIENCE).until(() -> STORING.matcher(out.toString()).find());
      try (var channels = channels()) {
        Outcome found = channels.push().send(push());
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

  private Push push() throws IOException {
    return new Push(
        device(),
        "anna-7",
        "digest",
        new PushText("Anna", "3", "Anna: 3", "", 3),
        false,
        Instant.now().plus(Duration.ofHours(4)));
  }

  /// As `serve` gets it from the command that is printed.
  private Device device() throws IOException {
    Matcher said = STORING.matcher(out.toString());
    assertThat(said.find()).isTrue();
    var profiles = new RememberedProfiles();
    Server serve =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(profiles)
            .build()
            .start();
    try {
      int exitCode =
          Whileaway.commandLine()
              .setOut(new PrintWriter(new StringWriter()))
              .execute(
                  "profile",
                  "put",
                  "anna",
                  said.group("flag"),
                  said.group("value"),
                  "--server",
                  "127.0.0.1:" + serve.getPort());
      assertThat(exitCode).isZero();
    } finally {
      serve.shutdownNow();
    }
    return profiles.last.getDevices(0);
  }

  private static final class RememberedProfiles extends ProfileServiceGrpc.ProfileServiceImplBase {

    private Profile last = Profile.getDefaultInstance();

    @Override
    public void putProfile(PutProfileRequest request, StreamObserver<PutProfileResponse> answer) {
      last = request.getProfile();
      answer.onNext(PutProfileResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
