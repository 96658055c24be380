package dev.whileaway.worker.deliver.push;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.ApnsCredentials;
import dev.whileaway.worker.deliver.DeliverySettings.Apns;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Retraction;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sends pushes of one app over APNs. The queue of the library below has no bound: how many are
/// under way is the route's concern.
public final class ApnsPushSender implements PushSender {

  private static final int CONNECTIONS = 2;

  private static final Duration ROUTE_DELAY = Duration.ofSeconds(15);

  /// A token is part of an address. Apple's are hexadecimal; what is none of them, Apple says.
  private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z_-]+");

  private static final Outcome NO_TOKEN =
      new Outcome.Rejected("expected a token of letters and digits, but found another text");

  private final Apns settings;
  private final ApnsClient client;
  private final DeadTokens deadTokens;
  private final ApnsFrames frames = new ApnsFrames();

  /// @throws IOException if the signing key, or the certificate, cannot be used
  public ApnsPushSender(Apns settings, PushLoops loops, InstantSource clock) throws IOException {
    this.settings = settings;
    deadTokens =
        new DeadTokens(
            "apns " + settings.host(),
            "tokens of development builds are known at api.sandbox.push.apple.com alone, all others"
                + " at api.push.apple.com; look at delivery.apns[].host");
    var builder =
        new ApnsClientBuilder()
            .setApnsServer(settings.host(), settings.port())
            .setEventLoopGroup(loops.group())
            .setConcurrentConnections(CONNECTIONS)
            .setConnectionTimeout(settings.timeout())
            .setGracefulShutdownTimeout(settings.timeout())
            .setIdlePingInterval(PushLoops.PING_INTERVAL)
            // Without it a proxy, or any other server of HTTP/2, takes the connection for HTTP/1.1.
            .setUseAlpn(true)
            .setFrameLogger(frames);
    switch (settings.credentials()) {
      case ApnsCredentials.Token token -> builder.setSigningKey(signingKey(token));
      case ApnsCredentials.Certificate certificate ->
          ApnsCertificate.read(certificate, clock.instant()).showBy(builder);
    }
    settings.trusted().ifPresent(file -> builder.setTrustedServerCertificateChain(file.toFile()));
    client = builder.build();
  }

  /// Apps name themselves by their bundle id, so that is a name for this app too.
  @Override
  public boolean serves(Device device) {
    return device.getPlatform() == Platform.PLATFORM_APNS
        && (device.getApp().equals(settings.app()) || device.getApp().equals(settings.topic()));
  }

  /// No other token must reach the connection, or its route: it would look like their failure.
  @Override
  public Optional<String> server(Device device) {
    return hasToken(device) ? Optional.of("") : Optional.empty();
  }

  @Override
  public Outcome send(Push push) throws InterruptedException {
    return Reservation.sendNow(reserve(push));
  }

  /// A token that can be sent to, and a text that fits.
  @Override
  public Reservation reserve(Push push) {
    if (!hasToken(push.device())) {
      return Reservation.impossible(NO_TOKEN);
    }
    var payload = ApnsPayload.of(push);
    if (payload.isEmpty()) {
      return Reservation.impossible(PayloadSize.TOO_LARGE);
    }
    return Reservation.free(() -> exchange(notification(push, payload.get())));
  }

  private static boolean hasToken(Device device) {
    return TOKEN.matcher(device.getToken()).matches();
  }

  @Override
  public void close() {
    client.close().join();
  }

  /// A new one for each try: it knows whether it was written.
  private ApnsNotification notification(Push push, String payload) {
    return ApnsNotification.of(push, settings.topic(), payload);
  }

  @Override
  public Outcome retract(Retraction retraction) throws InterruptedException {
    return hasToken(retraction.device())
        ? exchange(ApnsNotification.of(retraction, settings.topic(), ApnsPayload.of(retraction)))
        : NO_TOKEN;
  }

  private Outcome exchange(ApnsNotification notification) throws InterruptedException {
    frames.watch(notification);
    var response = client.sendNotification(notification);
    try {
      return ApnsOutcomes.of(response.get(settings.timeout().toMillis(), MILLISECONDS), deadTokens);
    } catch (ExecutionException e) {
      boolean withdrawn = notification.withdraw();
      var turnedAway = ApnsFrames.turnedAway(notification);
      return !withdrawn && turnedAway.isPresent()
          ? unsent(turnedAway.get(), e.getCause())
          : unanswered(ApnsFrames.wentOut(notification), e.getCause());
    } catch (TimeoutException e) {
      // Pushy may still write what it has taken.
      boolean written = !notification.withdraw();
      ApnsFrames.suspect(notification, settings.timeout());
      return unanswered(written, e);
    } catch (InterruptedException e) {
      var _ = notification.withdraw();
      throw e;
    } finally {
      frames.leave(notification);
    }
  }

  private Outcome unanswered(boolean written, @Nullable Throwable failure) {
    return written
        ? new Outcome.Unknown("written, but no answer came: " + failure)
        : unsent(Outcome.Trouble.WAY, failure);
  }

  private Outcome unsent(Outcome.Trouble trouble, @Nullable Throwable failure) {
    return new Outcome.RetryAfter(
        ROUTE_DELAY,
        trouble,
        "expected an answer of apns %s:%d, but found: %s"
            .formatted(settings.host(), settings.port(), failure));
  }

  private static ApnsSigningKey signingKey(ApnsCredentials.Token token) throws IOException {
    try {
      return ApnsSigningKey.loadFromPkcs8File(
          token.signingKey().toFile(), token.teamId(), token.keyId());
    } catch (IOException | NoSuchAlgorithmException | InvalidKeyException | RuntimeException e) {
      throw new IOException(
          "expected a .p8 key in %s (delivery.apns[].signing-key), but found: %s"
              .formatted(token.signingKey(), e),
          e);
    }
  }
}
