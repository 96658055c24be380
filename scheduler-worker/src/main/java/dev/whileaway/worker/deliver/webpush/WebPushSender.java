package dev.whileaway.worker.deliver.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliverySettings.WebPush;
import dev.whileaway.worker.deliver.Fingerprint;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.TimeToLive;
import dev.whileaway.worker.deliver.push.Exchange;
import dev.whileaway.worker.deliver.push.PayloadSize;
import dev.whileaway.worker.deliver.push.PushLoops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Sends pushes of one web site to the push services of its users' browsers.
public final class WebPushSender implements PushSender {

  private static final int HTTPS_PORT = 443;

  /// RFC 8030 section 5.4.
  private static final int TOPIC_CHARACTERS_MAX = 32;

  /// The services keep a message for four weeks at most.
  private static final Duration TTL_MAX = Duration.ofDays(28);

  private final WebPush settings;
  private final InstantSource clock;
  private final Vapid vapid;
  private final ClientFactory factory;
  private final Exchange exchange;

  /// @throws IOException if the two keys do not belong together
  public WebPushSender(WebPush settings, PushLoops loops, InstantSource clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    vapid = VapidKeys.of(settings).signer(settings.contact(), clock);
    factory = loops.clientFactory(settings.timeout().toMillis());
    exchange =
        new Exchange(
            PushLoops.client(WebClient.builder(), factory, settings.timeout()), "the push service");
  }

  @Override
  public boolean serves(Device device) {
    return device.getPlatform() == Platform.PLATFORM_WEB && device.getApp().equals(settings.app());
  }

  /// One for each line of the configuration: browsers' makers fail one by one. Who registers a
  /// subscription names the host, so that hosts are no measure.
  @Override
  public List<String> servers() {
    return settings.services();
  }

  @Override
  public Optional<String> server(Device device) {
    try {
      return service(Subscription.parse(device.getToken()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public Outcome send(Push push) throws InterruptedException {
    return Reservation.sendNow(reserve(push));
  }

  /// A subscription that may be sent to, and a text that fits, encrypted. What a browser registered
  /// may be nonsense: that must never look like a failure of its push service.
  @Override
  public Reservation reserve(Push push) {
    try {
      var subscription = Subscription.parse(push.device().getToken());
      if (service(subscription).isEmpty()) {
        return rejected(
            "expected a push service of delivery.web-push[].services over https, but found "
                + subscription.origin());
      }
      var payload = WebPushPayload.of(push);
      return payload.isEmpty()
          ? Reservation.impossible(PayloadSize.TOO_LARGE)
          : sending(push, subscription, payload.get());
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return rejected(String.valueOf(e.getMessage()));
    }
  }

  private Reservation sending(Push push, Subscription subscription, String payload)
      throws GeneralSecurityException {
    var body = HttpData.wrap(Encryption.encrypt(payload.getBytes(UTF_8), subscription));
    var headers = headers(push, subscription);
    return Reservation.free(() -> exchange.run(headers, body, WebPushOutcomes::of));
  }

  private static Reservation rejected(String words) {
    return Reservation.impossible(new Outcome.Rejected(words));
  }

  @Override
  public void close() {
    factory.close();
  }

  /// The line that allows it. In plain text on this machine only, and nowhere else at another port:
  /// nobody listens there, and that would look like the service's failure.
  private Optional<String> service(Subscription subscription) {
    URI endpoint = subscription.endpoint();
    String host = endpoint.getHost().toLowerCase(Locale.ROOT);
    boolean here = host.equals(InetAddress.getLoopbackAddress().getHostAddress());
    boolean https = "https".equals(endpoint.getScheme());
    boolean usualPort = endpoint.getPort() == -1 || endpoint.getPort() == HTTPS_PORT;
    return here || (https && usualPort)
        ? settings.services().stream().filter(service -> matches(host, service)).findFirst()
        : Optional.empty();
  }

  private static boolean matches(String host, String service) {
    return service.startsWith("*.") ? host.endsWith(service.substring(1)) : host.equals(service);
  }

  private RequestHeaders headers(Push push, Subscription subscription) {
    return RequestHeaders.builder(HttpMethod.POST, subscription.endpoint().toString())
        .set(
            "ttl",
            Long.toString(TimeToLive.of(push.expiresAt(), clock.instant(), TTL_MAX).toSeconds()))
        .set("urgency", push.silent() ? "low" : "high")
        .set("topic", Fingerprint.of(push.collapseKey()).substring(0, TOPIC_CHARACTERS_MAX))
        .set(HttpHeaderNames.CONTENT_ENCODING, "aes128gcm")
        .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
        .set(HttpHeaderNames.AUTHORIZATION, vapid.authorization(subscription.origin()))
        .build();
  }
}
