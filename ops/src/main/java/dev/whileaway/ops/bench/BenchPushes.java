package dev.whileaway.ops.bench;

import dev.whileaway.templates.PushText;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Grouped pushes to many devices of one app.
final class BenchPushes implements SendLoad.Sends {

  /// More than the route begins with, so that it has a reason to grow, and fewer than its queue and
  /// its begin together, so that none is refused.
  static final int LANES = 280;

  /// Long after this benchmark.
  private static final Instant NEVER = Instant.ofEpochSecond(4_000_000_000L);

  private static final List<String> TOKENS =
      IntStream.range(0, 20_000).mapToObj("%064x"::formatted).toList();

  private static final PushText TEXT =
      new PushText(
          "Совпадение и 3 сообщения",
          "Вы нравитесь друг другу с Борисом; Анна и ещё двое написали вам",
          "Вы нравитесь друг другу с Борисом; Анна и ещё двое написали вам",
          "https://example.com/inbox",
          4);

  private final PushSender sender;
  private final Platform platform;
  private final String app;
  private final AtomicLong number = new AtomicLong();

  BenchPushes(PushSender sender, Platform platform, String app) {
    this.sender = sender;
    this.platform = platform;
    this.app = app;
  }

  @Override
  public Reservation next() throws InterruptedException {
    return sender.reserve(push());
  }

  private Push push() {
    long n = number.getAndIncrement();
    int user = (int) (n % TOKENS.size());
    var device = Device.newBuilder().setPlatform(platform).setApp(app).setToken(TOKENS.get(user));
    return new Push(device.build(), "digest-" + n, "user-" + user, TEXT, false, NEVER);
  }
}
