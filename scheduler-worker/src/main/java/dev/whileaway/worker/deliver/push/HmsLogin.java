package dev.whileaway.worker.deliver.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import dev.whileaway.worker.deliver.DeliverySettings.Hms;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Huawei's login: a token for an app's secret (OAuth 2, client credentials).
final class HmsLogin implements IssuedTokens.Login {

  private static final String PATH = "/oauth2/v3/token";

  private final WebClient client;
  private final String form;

  HmsLogin(Hms settings, WebClient client) {
    this.client = client;
    form =
        QueryParams.of(
                "grant_type", "client_credentials",
                "client_id", settings.appId(),
                "client_secret", settings.appSecret())
            .toQueryString();
  }

  @Override
  public CompletableFuture<IssuedTokens.Issued> begin() {
    var headers =
        RequestHeaders.builder(HttpMethod.POST, PATH).contentType(MediaType.FORM_DATA).build();
    return client.execute(headers, form).aggregate().thenApply(HmsLogin::issued);
  }

  private static IssuedTokens.Issued issued(AggregatedHttpResponse response) {
    var answer = JsonAnswer.of(response);
    JsonNode body = answer.body();
    String token = body.path("access_token").asText();
    if (token.isEmpty()) {
      throw new IssuedTokens.LoginException(
          answer.words("", body.path("error_description").asText()));
    }
    return new IssuedTokens.Issued(token, Duration.ofSeconds(body.path("expires_in").asLong()));
  }
}
