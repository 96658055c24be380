package dev.whileaway.ops.crash;

import com.google.protobuf.Timestamp;
import dev.whileaway.aggregator.raft.StoreRefusedException;
import dev.whileaway.ops.config.ConfigurationException;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.crash.Finding.Kind;
import dev.whileaway.ops.demo.ServeProcess;
import dev.whileaway.ops.serve.RunningClock;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.ListShardsRequest;
import dev.whileaway.v1.ShardInfo;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Kills a whole `serve`, daemon and worker in one, at moments of chance: while it starts, takes
/// events, tells others and makes snapshots. Then audits.
public final class CrashSuite {

  private static final int LIFE_MILLIS_MIN = 100;
  private static final int LIFE_MILLIS_MAX = 1_200;

  /// One kill in so many falls into a start.
  private static final int STARTS = 4;

  /// Of the others, one in so many falls into a snapshot.
  private static final int SNAPSHOTS = 3;

  private static final Duration SNAPSHOT_WAIT_MAX = Duration.ofSeconds(2);
  private static final Duration BETWEEN_SNAPSHOT_LOOKS = Duration.ofNanos(200_000);
  private static final Duration QUIET_MAX = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int EVIDENCE_LINES_MAX = 200;

  /// Has one event, of a long window: it waits while all others are told.
  private static final String PATIENT = "patient";

  private final Path folder;
  private final Path data;
  private final Path configuration;
  private final long seed;
  private final Random random;
  private final Consumer<String> progress;
  private final Outside outside;
  private final Reporters reporters = new Reporters();
  private final List<Finding> findings = new ArrayList<>();

  private Cohort introduced = new Cohort(-1);
  private int checked;
  private Timestamp patientDueAt = Timestamp.getDefaultInstance();
  private int killsDuringStart;
  private int killsDuringSnapshot;

  /// How long the last start took: the next is killed within that.
  private Duration start = Duration.ofSeconds(3);

  private CrashSuite(Path folder, long seed, Outside outside, Consumer<String> progress)
      throws IOException {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.seed = seed;
    this.random = new Random(seed);
    this.outside = outside;
    this.progress = progress;
    this.configuration = configuration();
  }

  /// Runs in an empty folder, which it fills with the store and the logs.
  ///
  /// @param progress takes a line now and then
  public static CrashResult run(Path folder, int kills, long seed, Consumer<String> progress)
      throws CrashException, InterruptedException {
    long begun = System.nanoTime();
    try (var outside = new Outside()) {
      var suite = new CrashSuite(folder, seed, outside, progress);
      for (int life = 0; life < kills; life++) {
        suite.live(life);
        progress.accept(suite.line(life + 1, kills));
      }
      suite.settle();
      return suite.audit(kills, Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException | ConfigurationException | StoreRefusedException e) {
      throw new CrashException(String.valueOf(e.getMessage()), e);
    }
  }

  private void live(int life) throws IOException, InterruptedException {
    Path log = folder.resolve("life-" + life + ".log");
    // The first life makes the store; that is killed too, but with something to lose.
    if (life > 0 && random.nextInt(STARTS) == 0) {
      Duration moment = Duration.ofMillis(random.nextLong(start.toMillis() + 1));
      if (!ServeProcess.startAndKill(Server.command(data, configuration), log, moment)) {
        killsDuringStart++;
      }
    } else {
      work(life, log);
    }
    if (snapshotIsOnItsWay()) {
      killsDuringSnapshot++;
    }
  }

  private void work(int life, Path log) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (var server = Server.start(data, configuration, log)) {
      start = Duration.ofNanos(System.nanoTime() - begun);
      look(server.channel(), "life " + life);
      Cohort cohort = Cohort.ofLife(life);
      if (!cohort.equals(introduced)) {
        cohort.introduce(server.channel());
        introduced = cohort;
      }
      var load = new Load(server.channel(), cohort, reporters, random.nextLong());
      var time = Duration.ofMillis(random.nextInt(LIFE_MILLIS_MIN, LIFE_MILLIS_MAX));
      boolean inSnapshot = random.nextInt(SNAPSHOTS) == 0;
      load.untilKilled(
          server.process().handle(),
          () -> {
            Thread.sleep(time);
            if (inSnapshot) {
              awaitSnapshot();
            }
          });
    }
  }

  /// Of a chance moment, few would fall into the milliseconds that a snapshot takes.
  private void awaitSnapshot() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + SNAPSHOT_WAIT_MAX.toNanos();
    while (!snapshotIsOnItsWay() && System.nanoTime() < deadline) {
      Thread.sleep(BETWEEN_SNAPSHOT_LOOKS);
    }
  }

  /// Each life after the first begins with it: what was acknowledged is known, and the due time of
  /// who waits is as it was. What was left unanswered is asked again.
  private void look(Channel channel, String when) {
    List<Event> last = reporters.acknowledged().subList(checked, reporters.acknowledged().size());
    for (Event event : Reporters.unknown(channel, last)) {
      find(Kind.LOST, event.getRecipient(), event.getEventId(), "unknown after a restart, " + when);
    }
    reporters.reportUnanswered(channel);
    checked = reporters.acknowledged().size();
    if (checked == 0) {
      reporters.report(channel, PATIENT, "visit");
      patientDueAt = patientDueAt(channel);
    } else if (!patientDueAt(channel).equals(patientDueAt)) {
      find(Kind.DISAGREEMENT, PATIENT, "", "its due time has moved, " + when);
    }
  }

  private static Timestamp patientDueAt(Channel channel) {
    return EventServiceGrpc.newBlockingStub(channel)
        .getBacklog(GetBacklogRequest.newBuilder().setUser(PATIENT).build())
        .getDueAt();
  }

  /// A last life, which is left in peace until all is told.
  private void settle() throws IOException, CrashException, InterruptedException {
    try (var server = Server.start(data, configuration, folder.resolve("last.log"))) {
      look(server.channel(), "at last");
      progress.accept("waiting until all is told");
      long deadline = System.nanoTime() + QUIET_MAX.toNanos();
      while (pending(server.channel()) > 1) {
        if (System.nanoTime() > deadline) {
          throw new CrashException(
              "expected all to be told within %d s, but found %d events pending; look into %s"
                  .formatted(QUIET_MAX.toSeconds(), pending(server.channel()), folder));
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
  }

  private static long pending(Channel channel) {
    return AdminServiceGrpc.newBlockingStub(channel)
        .listShards(ListShardsRequest.getDefaultInstance())
        .getShardsList()
        .stream()
        .mapToLong(ShardInfo::getPendingEvents)
        .sum();
  }

  private CrashResult audit(int kills, Duration time)
      throws ConfigurationException, StoreRefusedException {
    List<Event> acknowledged = reporters.acknowledged();
    var users = new TreeSet<String>();
    acknowledged.forEach(event -> users.add(event.getRecipient()));
    outside.mails().forEach(mail -> users.add(mail.user()));
    outside.pushes().forEach(push -> users.add(push.user()));
    var settings =
        new ConfigurationLoader(Map.of())
            .load(Optional.of(configuration), Map.of("data", data.toString()));
    Map<String, Ledgers.Account> accounts =
        Ledgers.read(settings.daemon(), new RunningClock(settings.clock()), users);
    var stories = new HashMap<String, Story>();
    accounts.forEach((user, account) -> stories.put(user, Story.of(account)));
    var result = Audit.of(acknowledged, stories, outside.mails(), outside.pushes());
    findings.addAll(result.findings());
    return new CrashResult(
        seed,
        kills,
        killsDuringStart,
        killsDuringSnapshot,
        acknowledged.size(),
        result.fates(),
        outside.mails().size(),
        outside.pushes().size(),
        time,
        List.copyOf(findings),
        evidence(accounts));
  }

  private List<String> evidence(Map<String, Ledgers.Account> accounts) {
    var named = new TreeSet<String>();
    findings.forEach(finding -> named.add(finding.user()));
    return accounts.entrySet().stream()
        .filter(account -> named.contains(account.getKey()))
        .flatMap(account -> account.getValue().lines(account.getKey()))
        .limit(EVIDENCE_LINES_MAX)
        .toList();
  }

  /// Such a file is there only between a snapshot's beginning and its end.
  private boolean snapshotIsOnItsWay() throws IOException {
    Path shards = data.resolve("shards");
    if (!Files.exists(shards)) {
      return false;
    }
    try (Stream<Path> folders = Files.list(shards)) {
      return folders.anyMatch(shard -> Files.exists(shard.resolve("cut.sst")));
    }
  }

  private String line(int lived, int kills) {
    return "kill %d of %d, %d of them during a start, %d during a snapshot; %,d events acknowledged, %,d mails and %,d pushes received%s"
        .formatted(
            lived,
            kills,
            killsDuringStart,
            killsDuringSnapshot,
            reporters.acknowledged().size(),
            outside.mails().size(),
            outside.pushes().size(),
            findings.isEmpty() ? "" : "; FOUND " + findings.getLast());
  }

  private void find(Kind kind, String user, String event, String text) {
    findings.add(new Finding(kind, user, event, text));
  }

  /// Windows of a second and leases as short: whole ladders fit into a life, and what a death
  /// leaves is taken up in the next. Snapshots come so often that kills meet them.
  private Path configuration() throws IOException {
    String yaml =
        """
        shards: 2
        limits:
          snapshot-entries: 5
        templates: '%s'
        presence:
          online:
            recent: 1s
            web: 1s
            app: 1s
        worker:
          tick: 20ms
          lease-ttl: 1s
          in-flight: 16
        policy:
          escalation: 300ms
          online-retry: 500ms
        """
            .formatted(QuickTemplates.in(folder.resolve("templates")));
    return Files.writeString(folder.resolve("whileaway.yaml"), yaml + outside.yaml());
  }
}
