package dev.whileaway.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.benchmarks.Client;
import dev.whileaway.benchmarks.Contender;
import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.peer.postgres.PostgresContender;
import dev.whileaway.benchmarks.peer.redis.RedisContender;
import dev.whileaway.benchmarks.process.ProcessUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That the peers do the same work: what they are given is kept, told and cleared. Those whose
/// server is not installed are skipped.
class PeersTest {

  private static final Path REDIS = Path.of("/usr/bin/redis-server");
  private static final Path POSTGRES = Path.of("/usr/lib/postgresql/15/bin");

  private final Workload workload = new Workload(10);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource clock = () -> now;

  @TempDir Path folder;

  private Contender.Running start(String peer) throws IOException, InterruptedException {
    Path program = peer.equals("p2") ? REDIS : POSTGRES;
    assumeTrue(Files.exists(program), program + " is not installed");
    Contender contender =
        peer.equals("p2")
            ? new RedisContender(program, clock)
            : new PostgresContender(program, clock);
    assertThat(contender.name()).isEqualTo(peer);
    return contender.start(folder);
  }

  /// A server that must not run as root has to reach its folder.
  @BeforeEach
  void opensTheFolder() throws IOException {
    var _ = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p2", "postgres"})
  void waitingEvents_areDueAfterTheWindow_urgentOnesAtOnce(String peer) throws Exception {
    try (var life = start(peer);
        Client client = life.connect(1)) {
      assertThat(get(client.report(events(0, 10)))).isEqualTo(10);
      assertThat(get(client.report(List.of(workload.urgent(3))))).isEqualTo(1);

      var urgent = get(client.pull(100));
      assertThat(urgent.users()).isEqualTo(1);
      assertThat(urgent.events()).isEqualTo(2);

      now = now.plusSeconds(1_800);
      assertThat(get(client.pull(100)).users()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p2", "postgres"})
  void confirm_removesWhatWasLeased_butNotWhatCameMeanwhile_norUnderALostLease(String peer)
      throws Exception {
    try (var life = start(peer);
        Client client = life.connect(1)) {
      get(client.report(List.of(workload.urgent(0), workload.urgent(1))));
      var lost = get(client.pull(100));
      now = now.plusSeconds(61);
      var held = get(client.pull(100));
      get(client.report(List.of(workload.event(10))));

      assertThat(get(client.confirm(lost))).isZero();
      assertThat(get(client.confirm(held))).isEqualTo(2);
      assertThat(get(client.waiting(workload.user(0)))).isEqualTo(1);
      assertThat(get(client.waiting(workload.user(1)))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p2", "postgres"})
  void whatWasAnswered_isThereAfterAKill_unlessItWasCleared(String peer) throws Exception {
    try (var life = start(peer);
        Client client = life.connect(1)) {
      get(client.report(events(0, 20)));
      get(client.clear(workload.user(1)));
      ProcessUse.kill(life.process());
    }
    try (var life = start(peer);
        Client client = life.connect(1)) {
      assertThat(get(client.waiting(workload.user(0)))).isEqualTo(2);
      assertThat(get(client.waiting(workload.user(1)))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p2", "postgres"})
  void snapshot_keepsWhatWaits(String peer) throws Exception {
    try (var life = start(peer);
        Client client = life.connect(1)) {
      get(client.report(events(0, 20)));
      life.snapshot();
      get(client.report(events(20, 30)));
      ProcessUse.kill(life.process());
    }
    try (var life = start(peer);
        Client client = life.connect(1)) {
      assertThat(get(client.waiting(workload.user(0)))).isEqualTo(3);
    }
  }

  private List<WorkEvent> events(long from, long to) {
    return LongStream.range(from, to).mapToObj(workload::event).toList();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
