package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same API as JSON, called as curl calls it.
class HttpDoorTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OF_ANNA =
      "{\"events\":[{\"recipient\":\"%s\",\"sender\":\"bob\",\"type\":\"message\"}]}";

  private static EdgeFixture fixture;

  @BeforeAll
  static void open() throws Exception {
    fixture = new EdgeFixture();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void report_andBacklog_asJson() throws Exception {
    HttpResponse<String> reported = fixture.post("/v1/events:report", OF_ANNA.formatted("h1"));
    HttpResponse<String> backlog = fixture.get("/v1/users/h1/backlog");

    assertThat(reported.statusCode()).as(reported.body()).isEqualTo(200);
    assertThat(json(reported).get("accepted").asInt()).isEqualTo(1);
    assertThat(json(backlog).get("state").asText()).isEqualTo("BACKLOG_STATE_WAITING");
    assertThat(json(backlog).at("/totals/0/type").asText()).isEqualTo("message");
    assertThat(json(backlog).get("dueAt").asText()).isEqualTo("2026-11-21T12:30:00Z");
  }

  @Test
  void visitAndClear_byCustomVerbs() throws Exception {
    fixture.post("/v1/events:report", OF_ANNA.formatted("h2"));

    HttpResponse<String> visit =
        fixture.post("/v1/users/h2:visit", "{\"surface\":\"SURFACE_WEB\"}");

    assertThat(visit.statusCode()).as(visit.body()).isEqualTo(200);
    assertThat(json(visit).get("cleared").asInt()).isEqualTo(1);
    assertThat(fixture.post("/v1/users/h2:clear", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void profile_putGetAndDelete() throws Exception {
    HttpResponse<String> put =
        fixture.put(
            "/v1/users/h3/profile",
            "{\"name\":\"Anna\",\"locale\":\"ru\",\"zone\":\"Europe/Moscow\","
                + "\"devices\":[{\"token\":\"t1\",\"platform\":\"PLATFORM_FCM\"}]}");
    HttpResponse<String> got = fixture.post("/v1/profiles:get", "{\"users\":[\"h3\"]}");
    HttpResponse<String> deleted = fixture.delete("/v1/users/h3/profile");

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(json(got).at("/entries/0/profile/name").asText()).isEqualTo("Anna");
    assertThat(json(deleted).get("existed").asBoolean()).isTrue();
  }

  @Test
  void wrongField_isNamedInTheDetails() throws Exception {
    HttpResponse<String> refused =
        fixture.post(
            "/v1/events:report",
            "{\"events\":[{\"recipient\":\"anna\",\"type\":\"message\"},{\"recipient\":\"\"}]}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("content-type").orElseThrow()).contains("json");
    JsonNode error = json(refused);
    assertThat(error.get("code").asInt()).isEqualTo(3);
    assertThat(error.get("message").asText()).startsWith("events[1].recipient: expected");
    assertThat(error.at("/details/0/@type").asText())
        .isEqualTo("type.googleapis.com/google.rpc.BadRequest");
    assertThat(error.at("/details/0/fieldViolations/0/field").asText())
        .isEqualTo("events[1].recipient");
    assertThat(error.at("/details/0/fieldViolations/1/field").asText()).isEqualTo("events[1].type");
  }

  @Test
  void unknownField_isRefusedWithItsPathAndAGuess() throws Exception {
    HttpResponse<String> refused =
        fixture.post(
            "/v1/events:report",
            "{\"events\":[{\"recipient\":\"anna\",\"type\":\"message\",\"sendr\":\"bob\"}]}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(violation(refused, "field")).isEqualTo("events[0].sendr");
    assertThat(violation(refused, "description")).contains("did you mean sender?");
  }

  @Test
  void unknownField_inABodyThatIsOneField_isRefused() throws Exception {
    HttpResponse<String> refused = fixture.put("/v1/users/h4/profile", "{\"nme\":\"Anna\"}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(violation(refused, "field")).isEqualTo("profile.nme");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"surface\":\"SURFACE_MOON\"}|surface",
        "{\"surface\":17}|surface",
        "{\"surface\":\"SURFACE_WEB\",\"types\":\"message\"}|types",
        "{\"surface\":\"SURFACE_WEB\",\"types\":[5]}|types[0]",
        "{\"surface\":\"SURFACE_WEB\",\"types\":[\"nope\"]}|types[0]",
        "{}|surface",
      })
  void wrongKindOfValue_isNamed(String body, String field) throws Exception {
    HttpResponse<String> refused = fixture.post("/v1/users/h5:visit", body);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(violation(refused, "field")).isEqualTo(field);
  }

  @Test
  void brokenDuration_isRefusedAsJson() throws Exception {
    HttpResponse<String> refused =
        fixture.post("/v1/users/h6:connect", "{\"keepAlive\":\"ten minutes\"}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("code").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"events\":[|", "nonsense|", "[1]|", "\"text\"|", "5|"})
  void brokenJson_isAnErrorOfTheSameShape(String body) throws Exception {
    HttpResponse<String> refused = fixture.post("/v1/events:report", body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("code").asInt()).isEqualTo(3);
    assertThat(json(refused).get("message").asText()).contains("expected").contains("JSON");
  }

  @Test
  void otherContentType_isAnErrorOfTheSameShape() throws Exception {
    HttpResponse<String> refused =
        fixture.send(
            java.net.http.HttpRequest.newBuilder(
                    java.net.URI.create(
                        "http://127.0.0.1:" + fixture.edge.httpPort() + "/v1/events:report"))
                .header("content-type", "text/plain")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))
                .build());

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("message").asText()).contains("application/json");
  }

  @Test
  void queryParameter_isRefusedByName() throws Exception {
    HttpResponse<String> refused = fixture.get("/v1/users/h7/backlog?verbose=1");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(violation(refused, "field")).isEqualTo("verbose");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|/v1/users/anna%2Fx:touch|user",
        "POST|/v1/users/anna%2Fx:visit|user",
        "PUT|/v1/users/anna%2Fx/profile|profile.user",
      })
  void body_thatContradictsThePath_isRefused(String method, String path, String field)
      throws Exception {
    HttpResponse<String> refused = call(method, path, "{\"user\":\"bob\"}");

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(violation(refused, "field")).isEqualTo(field);
    assertThat(violation(refused, "description"))
        .isEqualTo("expected \"anna/x\", as in the path, or nothing, but found \"bob\"");
  }

  @Test
  void body_thatRepeatsThePath_isTaken() throws Exception {
    assertThat(call("PUT", "/v1/users/anna%2Fx/profile", "{\"user\":\"anna/x\"}").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"/v1/events:report", "/whileaway.v1.EventService/Report"})
  void tooLargeBody_is413_inTheSameShape(String path) throws Exception {
    // Over HTTP/2 the JDK's client gives up when the rest of its body is no longer wanted.
    HttpResponse<String> refused =
        fixture.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.edge.httpPort() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(" ".repeat(8 * 1024 * 1024 + 1)))
                .build());

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(413);
    assertThat(json(refused).get("code").asInt()).isEqualTo(8);
    assertThat(json(refused).get("message").asText())
        .isEqualTo("expected a body of at most 8388608 bytes");
  }

  @Test
  void bodyThatIsNoObject_isRefusedInOurWords() throws Exception {
    assertThat(json(fixture.post("/v1/events:report", "[1]")).get("message").asText())
        .isEqualTo("expected a JSON object, but found \"[1]\"");
  }

  private static HttpResponse<String> call(String method, String path, String body)
      throws Exception {
    return method.equals("PUT") ? fixture.put(path, body) : fixture.post(path, body);
  }

  @Test
  void unknownPath_isAnErrorOfTheSameShape() throws Exception {
    HttpResponse<String> notFound = fixture.get("/v1/nothing");

    assertThat(notFound.statusCode()).isEqualTo(404);
    assertThat(json(notFound).get("code").asInt()).isEqualTo(5);
  }

  @Test
  void why_asJson() throws Exception {
    fixture.post("/v1/events:report", OF_ANNA.formatted("h8"));

    JsonNode why = json(fixture.get("/v1/users/h8/why"));

    assertThat(why.at("/story/0/kind").asText()).isEqualTo("WHY_KIND_REPORTED");
    assertThat(why.at("/story/0/text").asText()).isEqualTo("message reported, by bob");
  }

  @Test
  void unframedCall_ofTheDocsPage_works() throws Exception {
    HttpResponse<String> answer =
        fixture.post("/whileaway.v1.EventService/GetBacklog", "{\"user\":\"h9\"}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).get("state").asText()).isEqualTo("BACKLOG_STATE_NONE");
    HttpResponse<String> refused =
        fixture.post("/whileaway.v1.EventService/GetBacklog", "{\"usr\":\"h9\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(violation(refused, "field")).isEqualTo("usr");
  }

  @Test
  void health_saysReady() throws Exception {
    HttpResponse<String> health = fixture.get("/health");

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(json(health).get("words").asText()).startsWith("ready");
  }

  @Test
  void metrics_countRequestsAndShowShards() throws Exception {
    fixture.post("/v1/events:report", OF_ANNA.formatted("h10"));

    String metrics = fixture.get("/metrics").body();

    assertThat(metrics)
        .contains("whileaway_requests_seconds_count{door=\"http\"")
        .contains("whileaway_due_age_seconds")
        .contains("whileaway_presence_entries")
        .contains("jvm_memory_used_bytes", "jvm_gc_", "process_uptime_seconds")
        .doesNotContain("=\"unspecified\"", "=\"unrecognized\"");
    assertThat(metrics.lines().filter(line -> line.startsWith("# HELP whileaway")))
        .isNotEmpty()
        .allMatch(line -> line.split(" ").length > 3);
  }

  @Test
  void docs_areServed_withTheProtosComments() throws Exception {
    assertThat(fixture.get("/docs/").statusCode()).isEqualTo(200);
    assertThat(fixture.get("/docs/specification.json").body())
        .contains("whileaway.v1.EventService")
        .contains("Reports one or more events");
  }

  private static String violation(HttpResponse<String> refused, String member) throws Exception {
    return json(refused).at("/details/0/fieldViolations/0/" + member).asText();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }
}
