package dev.whileaway.worker.deliver.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import dev.whileaway.worker.deliver.DeliverySettings.Hms;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/// Tokens that Huawei issues for an app's secret (OAuth 2, client credentials). One is asked for at
/// a time, and kept until shortly before its end, in real time: it is the issuer's clock that ends
/// it. Safe for use by many threads.
final class HmsTokens implements BearerTokens {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/oauth2/v3/token";
  private static final long RENEW_BEFORE_SECONDS = 300;

  private final Hms settings;
  private final WebClient client;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Token token = new Token("", System.nanoTime());

  HmsTokens(Hms settings, WebClient client) {
    this.settings = settings;
    this.client = client;
  }

  private record Token(String authorization, long renewAtNanos) {
    boolean good() {
      return !authorization.isEmpty() && System.nanoTime() - renewAtNanos < 0;
    }
  }

  @Override
  public String authorization() throws InterruptedException, TokenUnavailableException {
    Token kept = token;
    if (kept.good()) {
      return kept.authorization;
    }
    lock.lockInterruptibly();
    try {
      if (!token.good()) {
        token = ask();
      }
      return token.authorization;
    } finally {
      lock.unlock();
    }
  }

  /// The provider did not like it: the next push asks for another.
  void forget(String authorization) {
    if (token.authorization.equals(authorization)) {
      token = new Token("", System.nanoTime());
    }
  }

  private Token ask() throws InterruptedException, TokenUnavailableException {
    var form =
        QueryParams.of(
            "grant_type", "client_credentials",
            "client_id", settings.appId(),
            "client_secret", settings.appSecret());
    var headers =
        RequestHeaders.builder(HttpMethod.POST, PATH).contentType(MediaType.FORM_DATA).build();
    try {
      AggregatedHttpResponse answer =
          client.execute(headers, form.toQueryString()).aggregate().get();
      var json = JSON.readTree(answer.contentUtf8());
      String issued = json.path("access_token").asText();
      if (issued.isEmpty()) {
        throw unavailable(answer.status().code() + " " + json.path("error_description").asText());
      }
      long seconds = Math.max(1, json.path("expires_in").asLong() - RENEW_BEFORE_SECONDS);
      return new Token("Bearer " + issued, System.nanoTime() + seconds * 1_000_000_000L);
    } catch (ExecutionException e) {
      throw unavailable(String.valueOf(e.getCause()));
    } catch (JsonProcessingException e) {
      throw unavailable("no JSON");
    }
  }

  private TokenUnavailableException unavailable(String why) {
    return new TokenUnavailableException(
        "no token for the app %s (delivery.hms[].app-secret): %s".formatted(settings.appId(), why));
  }
}
