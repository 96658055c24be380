package dev.whileaway.worker.deliver.push;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.DeliverySettings.Hms;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.deliver.push.BearerTokens.TokenUnavailableException;
import java.net.URI;
import java.time.InstantSource;

/// Sends pushes of one app over Huawei's Push Kit (HMS, API v1).
public final class HmsPushSender implements PushSender {

  private final Hms settings;
  private final InstantSource clock;
  private final IssuedTokens tokens;
  private final ClientFactory factory;
  private final Exchange exchange;
  private final String path;
  private final DeadTokens deadTokens;

  public HmsPushSender(Hms settings, PushLoops loops, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    factory = loops.clientFactory(settings.timeout().toMillis());
    exchange = new Exchange(client(settings.baseUrl()), settings.baseUrl().toString());
    tokens =
        IssuedTokens.begin(
            "the app %s (delivery.hms[].app-secret)".formatted(settings.appId()),
            new HmsLogin(settings, client(settings.loginUrl())));
    path = "/v1/" + settings.appId() + "/messages:send";
    deadTokens =
        new DeadTokens(
            "push kit " + settings.baseUrl(),
            "it knows the tokens of one app alone; look at delivery.hms[].app-id");
  }

  private WebClient client(URI baseUrl) {
    return PushLoops.client(WebClient.builder(baseUrl), factory, settings.timeout());
  }

  @Override
  public boolean serves(Device device) {
    return device.getPlatform() == Platform.PLATFORM_HMS && device.getApp().equals(settings.app());
  }

  @Override
  public Outcome send(Push push) throws InterruptedException {
    return Reservation.sendNow(reserve(push));
  }

  /// A text that fits, and a token.
  @Override
  public Reservation reserve(Push push) throws InterruptedException {
    var payload = HmsPayload.of(push, clock.instant(), settings.badgeClass());
    return payload.isEmpty()
        ? Reservation.impossible(PayloadSize.TOO_LARGE)
        : reserve(payload.get());
  }

  @Override
  public Outcome retract(Retraction retraction) throws InterruptedException {
    return Reservation.sendNow(reserve(HmsPayload.of(retraction, clock.instant())));
  }

  private Reservation reserve(String payload) throws InterruptedException {
    try {
      return sending(tokens.authorization(), HttpData.ofUtf8(payload));
    } catch (TokenUnavailableException e) {
      return e.refusal();
    }
  }

  private Reservation sending(String authorization, HttpData body) {
    return Reservation.free(
        () -> exchange.run(headers(authorization), body, answer -> outcome(answer, authorization)));
  }

  private Outcome outcome(AggregatedHttpResponse answer, String authorization) {
    if (HmsOutcomes.refusesLogin(answer)) {
      tokens.forget(authorization);
    }
    return HmsOutcomes.of(answer, deadTokens);
  }

  @Override
  public void close() {
    factory.close();
  }

  private RequestHeaders headers(String authorization) {
    return RequestHeaders.builder(HttpMethod.POST, path)
        .contentType(MediaType.JSON_UTF_8)
        .set(HttpHeaderNames.AUTHORIZATION, authorization)
        .build();
  }
}
