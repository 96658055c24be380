package dev.whileaway.ops.demo;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.templates.Templates;
import dev.whileaway.testkit.clock.FastForwardClock;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Plays the excerpt against a real `serve` in fast-forward, and tells what happened.
public final class Demo {

  /// After the last action the last windows close, and their pushes turn into mails.
  private static final Duration TAIL = Duration.ofMinutes(45);

  /// Real time for what is not playing: starting the server, and the page at the end.
  private static final Duration OVERHEAD = Duration.ofSeconds(8);

  /// Real time between the server's start and the first action: the profiles go first.
  private static final Duration LEAD = Duration.ofSeconds(2);

  private static final Duration PLAY_MIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_SCRAPES = Duration.ofMillis(500);

  private static final Duration SAMPLED_EVERY = Duration.ofMillis(1_200);
  private static final Duration QUIET_MAX = Duration.ofSeconds(6);

  private final Excerpt excerpt;
  private final Catalogue catalogue;
  private final Progress progress;

  private Demo(Excerpt excerpt, Catalogue catalogue, Progress progress) {
    this.excerpt = excerpt;
    this.catalogue = catalogue;
    this.progress = progress;
  }

  /// @param length how long it may take in real time, all in all
  /// @param out folder for what arrived
  public static Result play(Duration length, Path out, PrintWriter lines, boolean terminal)
      throws IOException, DemoException, InterruptedException {
    var demo =
        new Demo(Excerpt.load(), Templates.standard().catalogue(), new Progress(lines, terminal));
    Path work = Files.createTempDirectory("whileaway-demo");
    try (Album album = Album.in(out);
        var providers = new Providers(album)) {
      return demo.run(length, work, album, providers);
    } finally {
      delete(work);
    }
  }

  /// @param index the page to open
  public record Result(String table, String json, Path index, boolean pushesAndMails) {}

  private Result run(Duration length, Path work, Album album, Providers providers)
      throws IOException, DemoException, InterruptedException {
    Duration playing = length.minus(OVERHEAD).minus(LEAD);
    if (playing.compareTo(PLAY_MIN) < 0) {
      playing = PLAY_MIN;
    }
    double speed = (double) excerpt.length().plus(TAIL).toMillis() / playing.toMillis();
    Instant start = excerpt.start().minusMillis((long) (LEAD.toMillis() * speed));
    Path configuration = providers.writeConfiguration(work, start, speed);
    Path log = album.folder().resolve("serve.log");
    progress.say("starting serve: its clock runs %,.0f times as fast as yours".formatted(speed));
    Tally tally;
    try (ServeProcess serve = ServeProcess.start(work.resolve("data"), configuration, log)) {
      // The server's clock begins to run when it says that it is ready.
      InstantSource clock = FastForwardClock.startingAt(start, speed);
      var watch = new Watch(serve, providers, speed);
      playAndWatch(serve, providers, clock, speed, watch);
      watch.awaitQuiet();
      tally = watch.tally();
    }
    // Nothing arrives any more.
    Path index = album.finish(tally);
    return new Result(tally.table(), tally.json(), index, tally.pushes() > 0 && tally.mails() > 0);
  }

  private void playAndWatch(
      ServeProcess serve, Providers providers, InstantSource clock, double speed, Watch watch)
      throws IOException, DemoException, InterruptedException {
    ManagedChannel channel = NettyChannelBuilder.forTarget(serve.grpc()).usePlaintext().build();
    var cast = new Cast(excerpt.profiles(), providers.apnsTopic());
    var player = new Player(channel, cast, this::typeName);
    var playing =
        new FutureTask<Void>(() -> {
          player.putProfiles(excerpt.profiles().stream().map(cast::profile).toList());
          player.play(excerpt.actions(), clock, speed);
          return null;
        });
    try {
      Thread.ofVirtual().name("player").start(playing);
      Instant end = excerpt.start().plus(excerpt.length()).plus(TAIL);
      while (clock.instant().isBefore(end) || !playing.isDone()) {
        Thread.sleep(BETWEEN_SCRAPES);
        if (playing.isDone()) {
          result(playing);
        }
        progress.show(
            clock.instant().truncatedTo(ChronoUnit.MINUTES) + "  " + watch.tally().line());
      }
    } finally {
      playing.cancel(true);
      channel.shutdownNow();
    }
  }

  private static void result(FutureTask<Void> playing) throws DemoException, InterruptedException {
    try {
      playing.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DemoException problem
          ? problem
          : new DemoException("playing ended: " + e.getCause());
    }
  }

  private String typeName(int id) {
    return catalogue
        .type(id)
        .map(EventType::name)
        .orElseThrow(() -> new IllegalStateException("expected a type " + id + ", but found none"));
  }

  /// Reads the figures of a running server.
  private record Watch(ServeProcess serve, Providers providers, double speed, HttpClient http) {
    Watch(ServeProcess serve, Providers providers, double speed) {
      this(serve, providers, speed, HttpClient.newHttpClient());
    }

    /// Waits for the last digests: real work lags behind a fast clock. The server counts its
    /// backlogs once a second.
    void awaitQuiet() throws IOException, InterruptedException {
      long deadline = System.nanoTime() + QUIET_MAX.toNanos();
      do {
        Thread.sleep(SAMPLED_EVERY);
      } while (Scrape.of(http, serve.http()).sum("whileaway_backlogs", Map.of()) > 0
          && System.nanoTime() < deadline);
    }

    Tally tally() throws IOException, InterruptedException {
      return Tally.of(Scrape.of(http, serve.http()), providers, speed);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
