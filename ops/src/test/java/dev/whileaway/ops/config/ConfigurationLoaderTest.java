package dev.whileaway.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationLoaderTest {

  private static final Path EXAMPLE = Path.of("whileaway.example.yaml");
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
          shards: 1\\nshards: 2 | f:2: shards: expected once, but found a second time
          """)
  void wrongFile_isRefused_withPlaceKeyExpectedAndFound(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml.replace("\\n", "\n"), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
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

  @Test
  void example_namesEveryKnownKey() throws Exception {
    String everything =
        Files.readAllLines(EXAMPLE).stream()
            .map(line -> line.startsWith("# ") ? line.substring(2) : line)
            .map(line -> line.strip().startsWith("##") ? "" : line)
            .collect(Collectors.joining("\n"));
    var file = ConfigurationFile.parse("example", everything);

    assertThat(new ConfigurationLoader(Map.of()).load(file, Map.of())).isNotNull();
    assertThat(
            file.values().keySet().stream()
                .map(key -> key.replaceAll("\\[\\d+]", "[*]"))
                .collect(Collectors.toSet()))
        .containsAll(
            new KnownKeys()
                .all().stream()
                    // A list of words may stand as one value too.
                    .filter(key -> !key.equals("api-keys[*].roles"))
                    .toList());
  }

  private static Settings load(String yaml, Map<String, String> environment)
      throws ConfigurationException {
    return new ConfigurationLoader(environment).load(ConfigurationFile.parse("f", yaml), DATA);
  }
}
