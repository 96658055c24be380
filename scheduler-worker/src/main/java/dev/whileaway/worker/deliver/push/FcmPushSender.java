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
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.deliver.push.BearerTokens.TokenUnavailableException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Function;

/// Sends pushes of one app over FCM HTTP v1, or to a service that speaks it.
public final class FcmPushSender implements PushSender {

  private final Fcm settings;
  private final InstantSource clock;
  private final BearerTokens tokens;
  private final ClientFactory factory;
  private final Exchange exchange;
  private final String path;
  private final Function<AggregatedHttpResponse, Outcome> meaning;

  /// A token is good for many pushes, and so are the headers with it.
  private volatile RequestHeaders lastHeaders = RequestHeaders.of(HttpMethod.POST, "/");

  /// @throws IOException if the service account's key cannot be read
  public FcmPushSender(Fcm settings, PushLoops loops, InstantSource clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    tokens = BearerTokens.of(settings);
    // Google's own tokens are good for an hour: who has a fixed one is somebody else.
    meaning = settings.bearer().isPresent() ? relative(settings) : FcmOutcomes::of;
    path = "/v1/projects/" + settings.project() + "/messages:send";
    factory = loops.clientFactory(settings.timeout().toMillis());
    exchange =
        new Exchange(
            PushLoops.client(WebClient.builder(settings.baseUrl()), factory, settings.timeout()),
            settings.baseUrl().toString());
  }

  private static Function<AggregatedHttpResponse, Outcome> relative(Fcm settings) {
    var deadTokens =
        new DeadTokens(
            settings.baseUrl().toString(),
            "it knows the tokens of one project alone; look at delivery.fcm[].project");
    return answer -> FcmOutcomes.ofRelative(answer, deadTokens);
  }

  @Override
  public boolean serves(Device device) {
    return device.getPlatform() == Platform.PLATFORM_FCM && device.getApp().equals(settings.app());
  }

  @Override
  public Outcome send(Push push) throws InterruptedException {
    return Reservation.sendNow(reserve(push));
  }

  /// A text that fits, and a token.
  @Override
  public Reservation reserve(Push push) throws InterruptedException {
    var payload = FcmPayload.of(push, clock.instant());
    return payload.isEmpty()
        ? Reservation.impossible(PayloadSize.TOO_LARGE)
        : reserve(payload.get());
  }

  @Override
  public Outcome retract(Retraction retraction) throws InterruptedException {
    return Reservation.sendNow(reserve(FcmPayload.of(retraction, clock.instant())));
  }

  private Reservation reserve(String payload) throws InterruptedException {
    RequestHeaders headers;
    try {
      headers = headers(tokens.authorization());
    } catch (TokenUnavailableException e) {
      return e.refusal();
    }
    return sending(headers, HttpData.ofUtf8(payload));
  }

  @Override
  public void close() {
    factory.close();
  }

  private Reservation sending(RequestHeaders headers, HttpData body) {
    return Reservation.free(() -> exchange.run(headers, body, answer -> outcome(answer, headers)));
  }

  private Outcome outcome(AggregatedHttpResponse answer, RequestHeaders asked) {
    if (FcmOutcomes.refusesLogin(answer)) {
      tokens.forget(asked.get(HttpHeaderNames.AUTHORIZATION, ""));
    }
    return meaning.apply(answer);
  }

  private RequestHeaders headers(String authorization) {
    RequestHeaders last = lastHeaders;
    return authorization.equals(last.get(HttpHeaderNames.AUTHORIZATION))
        ? last
        : made(authorization);
  }

  private RequestHeaders made(String authorization) {
    RequestHeaders made =
        RequestHeaders.builder(HttpMethod.POST, path)
            .contentType(MediaType.JSON_UTF_8)
            .set(HttpHeaderNames.AUTHORIZATION, authorization)
            .build();
    lastHeaders = made;
    return made;
  }
}
