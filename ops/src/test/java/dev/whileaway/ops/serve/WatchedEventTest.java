package dev.whileaway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.ops.demo.ServeProcess;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.WhyKind;
import dev.whileaway.v1.WhyLine;
import dev.whileaway.v1.WhyRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An event that is reported as watched, from the report to the story of its digest.
@Timeout(120)
class WatchedEventTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void digestOfAWatchedEvent_hasEachStepInTheLedgerAndTheLog_theNextOneHasNone() throws Exception {
    Path configuration =
        Files.writeString(folder.resolve("whileaway.yaml"), "worker:\n  tick: 20ms\n");
    Path log = folder.resolve("serve.log");
    try (ServeProcess serve = ServeProcess.start(folder.resolve("data"), configuration, log)) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(serve.grpc()).usePlaintext().directExecutor().build();
      try {
        Anna.put(channel);
        Anna.report(channel, true);
        await().atMost(PATIENCE).until(() -> !told(channel, WhyKind.WHY_KIND_STEP).isEmpty());
        List<String> steps = told(channel, WhyKind.WHY_KIND_STEP);
        assertThat(steps)
            .anyMatch(step -> step.startsWith("begin-send: GO"))
            .anyMatch(step -> step.startsWith("cancelled for PT10M as REASON_SENT"));
        assertThat(told(channel, WhyKind.WHY_KIND_REPORTED))
            .containsExactly("match reported, by bob; watched");
        long logged = logged(log);
        assertThat(logged).isEqualTo(steps.size());

        var _ =
            EventServiceGrpc.newBlockingStub(channel)
                .clear(ClearRequest.newBuilder().setUser("anna").build());
        Anna.report(channel, false);
        await().atMost(PATIENCE).until(() -> told(channel, WhyKind.WHY_KIND_SENT).size() == 2);
        // The worker answers one lease after the other: what it noted of this one would be there.
        Anna.report(channel, true);
        await()
            .atMost(PATIENCE)
            .until(() -> told(channel, WhyKind.WHY_KIND_STEP).size() > steps.size());

        assertThat(told(channel, WhyKind.WHY_KIND_SENT)).hasSize(3);
        assertThat(told(channel, WhyKind.WHY_KIND_STEP)).hasSize(2 * steps.size());
        assertThat(logged(log)).isEqualTo(2 * logged);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static long logged(Path log) throws Exception {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("watched digest of anna"))
        .count();
  }

  private static List<String> told(ManagedChannel channel, WhyKind kind) {
    return AdminServiceGrpc.newBlockingStub(channel)
        .why(WhyRequest.newBuilder().setUser("anna").build())
        .getStoryList()
        .stream()
        .filter(line -> line.getKind() == kind)
        .map(WhyLine::getText)
        .toList();
  }
}
