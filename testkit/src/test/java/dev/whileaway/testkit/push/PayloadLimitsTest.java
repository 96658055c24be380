package dev.whileaway.testkit.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// What is as large as the provider takes is looked at, and a byte more is not.
class PayloadLimitsTest {

  private static final int BYTES_MAX = 4096;

  @Test
  void fcm_takesFourKilobytes_withoutTheTokenOfTheDevice() throws Exception {
    try (var fcm = FakeFcm.start()) {
      assertThat(send(fcm, BYTES_MAX, "anna").statusCode()).isEqualTo(200);
      assertThat(send(fcm, BYTES_MAX, "a".repeat(200)).statusCode()).isEqualTo(200);

      var refused = send(fcm, BYTES_MAX + 1, "anna");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("\"errorCode\":\"INVALID_ARGUMENT\"");
      assertThat(fcm.count()).isEqualTo(2);
    }
  }

  @Test
  void webPush_looksAtFourKilobytes_andAtNoMore() throws Exception {
    try (var web = FakeWebPush.start(0, InstantSource.system())) {
      var to =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/push/anna".formatted(web.port())));

      assertThat(post(to, "a".repeat(BYTES_MAX)).statusCode()).isEqualTo(403);
      assertThat(post(to, "a".repeat(BYTES_MAX + 1)).statusCode()).isEqualTo(413);
    }
  }

  /// @param bytes of the message without its token
  private static HttpResponse<String> send(FakeFcm fcm, int bytes, String token) throws Exception {
    var frame = "{\"notification\":{\"body\":\"\"}}";
    var body = "a".repeat(bytes - frame.length());
    return post(
        HttpRequest.newBuilder(
                fcm.baseUrl().resolve("/v1/projects/%s/messages:send".formatted(fcm.project())))
            .header("authorization", "Bearer " + fcm.bearer()),
        "{\"message\":{\"notification\":{\"body\":\"%s\"},\"token\":\"%s\"}}"
            .formatted(body, token));
  }

  private static HttpResponse<String> post(HttpRequest.Builder to, String body) throws Exception {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(
          to.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
