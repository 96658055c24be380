package dev.whileaway.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.templates.Templates;
import dev.whileaway.worker.deliver.DeliverySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationLoaderTest {

  private static final Path EXAMPLE = Path.of("whileaway.example.yaml");
  @TempDir private Path folder;

  private static final Map<String, String> DATA = Map.of("data", "/x");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grpc:\\n  port: 99999 | f:2: grpc.port: expected a port from 1 to 65535, or 0 for any free one, but found "99999"
          grpc:\\n  prt: 1 | f:2: grpc.prt: expected a known key, such as grpc.port, but found an unknown one
          grpc: 3 | f:1: grpc: expected keys or a list below it, but found a value
          worker:\\n  tick: soon | f:2: worker.tick: expected a duration such as 200ms, 10s, 30m, 24h or 7d, but found "soon"
          worker:\\n  batch: 1001 | f:2: worker.batch: expected a whole number from 1 to 1000, but found "1001"
          shards: 0 | f:1: shards: expected 1 to 4096 shards, but found "0"
          insecure: yes | f:1: insecure: expected true or false, but found "yes"
          policy:\\n  night-from: 25:00 | f:2: policy.night-from: expected a local time such as 23:00, but found "25:00"
          tls:\\n  key: a | f:1: tls.certificate: expected a value, but found none
          clock:\\n  speed: 3 | f:1: clock: expected start and speed together, but found speed alone
          delivery:\\n  smtp:\\n    username: u | f:2: delivery.smtp: expected username and password together, but found no password
          delivery:\\n  smtp: {host: h, starttls: optional, username: u, password: p} | f:2: delivery.smtp.starttls: expected required (or off, if the line is safe), since whoever hides the server's offer would read the password, but found optional
          delivery:\\n  apns:\\n    - {topic: t} | f:3: delivery.apns[0]: expected either signing-key (with key-id and team-id) or certificate (with certificate-password), but found neither
          delivery:\\n  apns:\\n    - {topic: t, signing-key: a.p8, certificate: a.p12} | f:3: delivery.apns[0]: expected either signing-key (with key-id and team-id) or certificate (with certificate-password), but found both
          delivery:\\n  apns:\\n    - {topic: t, signing-key: a.p8, key-id: k} | f:3: delivery.apns[0].team-id: expected the ten characters that Apple shows beside the signing-key, but found none
          delivery:\\n  apns:\\n    - {topic: t, signing-key: a.p8, certificate-password: p} | f:3: delivery.apns[0].certificate-password: expected it beside certificate, but found it beside none
          delivery:\\n  fcm:\\n    - {project: p, bearer: b}\\n    - {project: q, bearer: c} | f:4: delivery.fcm[1].app: expected a name that is not taken by delivery.fcm[0].app, which comes first and gets all its pushes, but found none in both
          delivery:\\n  hms:\\n    - {app: a, app-id: 1, app-secret: s}\\n    - {app: b, app-id: 2, app-secret: s}\\n    - {app: a, app-id: 3, app-secret: s} | f:5: delivery.hms[2].app: expected a name that is not taken by delivery.hms[0].app, which comes first and gets all its pushes, but found "a"
          delivery:\\n  web-push:\\n    - {app: a, public-key: k, private-key: k, contact: "mailto:a@b.de"}\\n    - {app: a, public-key: k, private-key: k, contact: "mailto:a@b.de"} | f:4: delivery.web-push[1].app: expected a name that is not taken by delivery.web-push[0].app, which comes first and gets all its pushes, but found "a"
          delivery:\\n  apns:\\n    - {app: dev, topic: t, certificate: a.p12}\\n    - {app: t, topic: t, certificate: a.p12} | f:4: delivery.apns[1].app: expected a name that is not taken by delivery.apns[0].topic, which comes first and gets all its pushes, but found "t"
          delivery:\\n  web-push:\\n    - {public-key: k, private-key: k, contact: operator@example.com} | f:3: delivery.web-push[0].contact: expected an address such as mailto:operator@example.com or https://example.com/contact, but found "operator@example.com"
          delivery:\\n  web-push:\\n    - {public-key: k, private-key: k, contact: "http://example.com"} | f:3: delivery.web-push[0].contact: expected an address such as mailto:operator@example.com or https://example.com/contact, but found "http://example.com"
          delivery:\\n  web-push:\\n    - {public-key: k, private-key: k, contact: "mailto:a b@example.com"} | f:3: delivery.web-push[0].contact: expected an address such as mailto:operator@example.com or https://example.com/contact, but found "mailto:a b@example.com"
          delivery:\\n  web-push:\\n    - {public-key: k, private-key: k, contact: 'mailto:a@b.de"'} | f:3: delivery.web-push[0].contact: expected an address such as mailto:operator@example.com or https://example.com/contact, but found "mailto:a@b.de""
          delivery:\\n  web-push:\\n    - {public-key: k, private-key: k, contact: "mailto:a@b.de", services: ['*']} | f:3: delivery.web-push[0].services[0]: expected a host such as fcm.googleapis.com or *.push.apple.com, without https:// and port, but found "*"
          delivery:\\n  web-push:\\n    - {public-key: k, private-key: k, contact: "mailto:a@b.de", services: ['*.com']} | f:3: delivery.web-push[0].services[0]: expected a host such as fcm.googleapis.com or *.push.apple.com, without https:// and port, but found "*.com"
          delivery:\\n  web-push:\\n    - {public-key: k, private-key: k, contact: "mailto:a@b.de", services: [fcm.googleapis.com, 'https://fcm.googleapis.com']} | f:3: delivery.web-push[0].services[1]: expected a host such as fcm.googleapis.com or *.push.apple.com, without https:// and port, but found "https://fcm.googleapis.com"
          delivery:\\n  web-push:\\n    - {public-key: k, private-key: k, contact: "mailto:a@b.de", services: ['fcm.googleapis.com:443']} | f:3: delivery.web-push[0].services[0]: expected a host such as fcm.googleapis.com or *.push.apple.com, without https:// and port, but found "fcm.googleapis.com:443"
          delivery:\\n  apns:\\n    - {topic: t, certificate: a.p12, key-id: k} | f:3: delivery.apns[0].key-id: expected it beside signing-key, but found it beside certificate, which needs none
          delivery:\\n  apns:\\n    - {topic: t, certificate: a.p12, team-id: k} | f:3: delivery.apns[0].team-id: expected it beside signing-key, but found it beside certificate, which needs none
          delivery:\\n  fcm:\\n    - {project: p, bearer: b, timeout: 24h} | f:3: delivery.fcm[0].timeout: expected less than the 1m of worker.lease-ttl, after which the answer comes too late, but found 1d
          worker: {lease-ttl: 5s}\\ndelivery:\\n  hms:\\n    - {app-id: 1, app-secret: s, timeout: 5s} | f:4: delivery.hms[0].timeout: expected less than the 5s of worker.lease-ttl, after which the answer comes too late, but found 5s
          worker: {lease-ttl: 20s}\\ndelivery:\\n  smtp: {host: h} | f:3: delivery.smtp.timeout: expected less than the 20s of worker.lease-ttl, after which the answer comes too late, but found 30s
          policy:\\n  ladder: email-then-push | f:2: policy.ladder: expected one of push-then-email, push, email, but found "email-then-push"
          policy:\\n  types:\\n    visit:\\n      window: 0s | f:4: policy.types.visit.window: expected a duration such as 200ms, 10s, 30m, 24h or 7d, but found "0s"
          policy:\\n  types:\\n    visit:\\n      urgent: yes | f:4: policy.types.visit.urgent: expected true or false, but found "yes"
          policy:\\n  types:\\n    visit:\\n      windw: 1s | f:4: policy.types.visit.windw: expected a known key, such as policy.types.*.window, but found an unknown one
          policy:\\n  types:\\n    visit: 3 | f:3: policy.types.visit: expected keys or a list below it, but found a value
          policy:\\n  backoff:\\n    longest: 1s | policy.backoff: expected a longest wait of at least the first, but found 1s and 30s
          mail: {bounce-address: b@example.com} | f:1: mail.keys: expected a secret, since mail.bounce-address is set, but found none
          mail: {pages-url: "https://m.example.com"} | f:1: mail.keys: expected a secret, since mail.pages-url is set, but found none
          mail: {pages-url: "http://m.example.com"} | f:1: mail.pages-url: expected an https address without a slash at its end, but found "http://m.example.com"
          mail: {pages-url: "https://m.example.com", keys: [hush]} | mail.keys: expected at least 32 characters, but found 4 in secret 1; make one by: openssl rand -hex 32
          mail: {feedback: {port: 2525}} | f:1: mail.bounce-address: expected an address, since mail.feedback.port is set, but found none
          mail: {pages-url: "https://m.example.com", keys: [replace-me-by-thirty-two-characters-of-chance]} | f:1: mail.keys: expected a secret of your own, made by: openssl rand -hex 32, but found the example's
          mail: {feedback: {complaint-address: c@example.com}} | f:1: mail.feedback.port: expected a port, since mail.feedback.complaint-address is set and nobody would hear complaints, but found none
          mail: {feedback: {port: 2525, complaint-address: nobody}} | f:1: mail.feedback.complaint-address: expected an address such as complaints@mail.example.com, but found "nobody"
          mail: {feedback: {port: 2525, complaint-address: "a b@c.de"}} | f:1: mail.feedback.complaint-address: expected an address such as complaints@mail.example.com, but found "a b@c.de"
          api-keys:\\n  - {name: a, key: replace-me-by-a-long-secret, roles: [admin]} | f:2: api-keys[0].key: expected a secret of your own, made by: openssl rand -hex 32, but found the example's
          mail: {feedback-sender: abc} | f:1: mail.feedback-sender: expected 5 to 15 letters, digits, dots, dashes or underscores, but found "abc"
          shards: 1\\nshards: 2 | f:2: shards: expected once, but found a second time
          """)
  void wrongFile_isRefused_withPlaceKeyExpectedAndFound(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml.replace("\\n", "\n"), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  /// The app from the store, and beside it the one under development: one topic, two hosts.
  @Test
  void appsOfOneTopic_withNamesOfTheirOwn_areTaken() throws Exception {
    String yaml =
        """
        delivery:
          fcm:
            - {app: a, project: p, bearer: b}
          apns:
            - {app: a, topic: t, certificate: a.p12}
            - {app: dev, topic: t, certificate: a.p12, host: api.sandbox.push.apple.com}
        """;

    assertThat(load(yaml, Map.of()).delivery().apns())
        .extracting(DeliverySettings.Apns::app)
        .containsExactly("a", "dev");
  }

  /// Apps name themselves by their topic, so that neither needs another name.
  @Test
  void appsOfTwoTopics_withoutNames_areTaken() throws Exception {
    String yaml =
        """
        delivery:
          apns:
            - {topic: t, certificate: a.p12}
            - {topic: u, certificate: b.p12}
        """;

    assertThat(load(yaml, Map.of()).delivery().apns())
        .extracting(DeliverySettings.Apns::topic)
        .containsExactly("t", "u");
  }

  @Test
  void pushServices_areReadInSmallLetters_asHostsAre() throws Exception {
    String yaml =
        """
        delivery:
          web-push:
            - {public-key: k, private-key: k, contact: 'mailto:a@b.de', services: ['FCM.googleapis.com', '*.Push.apple.com', '127.0.0.1']}
        """;

    assertThat(load(yaml, Map.of()).delivery().webPush().getFirst().services())
        .containsExactly("fcm.googleapis.com", "*.push.apple.com", "127.0.0.1");
  }

  @Test
  void timeoutShorterThanALease_isTaken_byATick() throws Exception {
    String yaml =
        "worker: {lease-ttl: 5s}\n"
            + "delivery:\n"
            + "  fcm:\n"
            + "    - {project: p, bearer: b, timeout: 4999ms}";

    assertThat(load(yaml, Map.of()).delivery().fcm().getFirst().timeout())
        .isEqualTo(Duration.ofMillis(4_999));
  }

  @Test
  void shortApiKey_isRefused_withoutShowingIt() {
    assertThatThrownBy(() -> load("api-keys:\n  - {name: a, key: hush, roles: [admin]}", Map.of()))
        .hasMessageContaining("api-keys[0].key")
        .hasMessageNotContaining("hush");
  }

  @Test
  void hours_areReadAsWritten_andNotAsMinutes() throws Exception {
    Settings settings = load("policy:\n  night-from: 22:30", Map.of());

    assertThat(settings.worker().policy().nightFrom()).isEqualTo(LocalTime.of(22, 30));
  }

  @Test
  void environment_winsOverFile_andCommandLineOverBoth() throws Exception {
    var environment = Map.of("WHILEAWAY_GRPC_PORT", "2", "WHILEAWAY_WORKER_LEASE_TTL", "90s");
    Settings settings = load("grpc:\n  port: 1\nhttp:\n  port: 1", environment);

    assertThat(settings.daemon().grpc().port()).isEqualTo(2);
    assertThat(settings.daemon().http().port()).isEqualTo(1);
    assertThat(settings.worker().leaseTtl()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void unknownVariable_isRefused_andTheClientsOwnAreNot() {
    assertThatThrownBy(() -> load("", Map.of("WHILEAWAY_KEY", "k", "WHILEAWAY_GRPC_PRT", "1")))
        .hasMessage(
            "environment: WHILEAWAY_GRPC_PRT: expected a known key, such as WHILEAWAY_GRPC_PORT,"
                + " but found an unknown one");
  }

  @Test
  void policy_isReadWithoutTheRest_andWithoutTheEnvironment() throws Exception {
    Path file = Files.writeString(folder.resolve("p.yaml"), "policy:\n  escalation: 7m");

    assertThat(new ConfigurationLoader(Map.of()).loadPolicy(file).policy().escalation())
        .isEqualTo(Duration.ofMinutes(7));
    assertThat(new ConfigurationLoader(Map.of()).loadPolicy(EXAMPLE))
        .isEqualTo(PolicySettings.STANDARD);
  }

  @Test
  void typesOfThePolicy_changeTheCatalogue() throws Exception {
    String yaml = "policy:\n  types:\n    message: {urgent: true}\n    visit: {window: 5m}";
    Catalogue standard = Templates.standard().catalogue();

    Catalogue changed = load(yaml, Map.of()).templates().load().catalogue();

    assertThat(changed.type("message").orElseThrow().urgent()).isTrue();
    assertThat(changed.type("message").orElseThrow().window()).isEqualTo(Duration.ofMinutes(30));
    assertThat(changed.type("visit").orElseThrow().window()).isEqualTo(Duration.ofMinutes(5));
    assertThat(changed.type("match")).isEqualTo(standard.type("match"));
    assertThat(changed.types()).extracting(EventType::id).containsExactly(4, 1, 3, 2);
  }

  // TRAPS 19
  @Test
  void typesOfThePolicy_thatDoNotFitTheCatalogue_areRefused() throws Exception {
    TemplateSettings unknown =
        load("policy:\n  types:\n    vist: {urgent: true}", Map.of()).templates();
    TemplateSettings tooLong =
        load("policy:\n  types:\n    visit: {window: 14d}", Map.of()).templates();
    TemplateSettings longest =
        load("policy:\n  types:\n    visit: {window: 13d23h59m59s}", Map.of()).templates();

    assertThatThrownBy(unknown::load)
        .hasMessage(
            "policy.types.vist: expected a type of the catalogue (match, message, favourite,"
                + " visit), but found \"vist\"");
    assertThatThrownBy(tooLong::load)
        .hasMessage(
            "policy.types.visit.window: expected less than the 14d after which a match is too old,"
                + " but found 14d");
    assertThat(longest.load()).isNotNull();
  }

  @Test
  void noData_isRefused() {
    assertThatThrownBy(() -> new ConfigurationLoader(Map.of()).load(Optional.empty(), Map.of()))
        .hasMessage("data: expected a folder, here or as --data DIR, but found neither of them");
  }

  @Test
  void example_holdsTheDefaults() throws Exception {
    var loader = new ConfigurationLoader(Map.of());

    assertThat(loader.load(Optional.of(EXAMPLE), DATA))
        .isEqualTo(loader.load(Optional.empty(), DATA));
  }

  private static final Set<String> LISTS =
      Set.of("api-keys[*].roles", "delivery.web-push[*].services", "mail.keys");

  @Test
  void example_namesEveryKnownKey() throws Exception {
    String everything =
        Files.readAllLines(EXAMPLE).stream()
            .map(line -> line.startsWith("# ") ? line.substring(2) : line)
            .map(line -> line.strip().startsWith("##") ? "" : line)
            .collect(Collectors.joining("\n"))
            .replace("replace-me", "0123456789");
    var file = ConfigurationFile.parse("example", everything);

    assertThat(new ConfigurationLoader(Map.of()).load(file, Map.of())).isNotNull();
    assertThat(
            file.values().keySet().stream().map(new KnownKeys()::form).collect(Collectors.toSet()))
        .containsAll(
            new KnownKeys()
                .all().stream()
                    // A list of words may stand as one value too.
                    .filter(key -> !LISTS.contains(key))
                    .toList());
  }

  private static Settings load(String yaml, Map<String, String> environment)
      throws ConfigurationException {
    return new ConfigurationLoader(environment).load(ConfigurationFile.parse("f", yaml), DATA);
  }
}
