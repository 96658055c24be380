package dev.whileaway.worker.deliver.push;

import dev.whileaway.testkit.push.FakeApns;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.FakePushes;
import dev.whileaway.v1.Platform;
import dev.whileaway.worker.deliver.ApnsCredentials;
import dev.whileaway.worker.deliver.DeliverySettings.Apns;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/// A sender and the fake that it sends to, for what is to be seen of each provider.
final class Rig implements AutoCloseable {

  /// The providers that are spoken to over connections of many pushes.
  enum Provider {
    APNS,
    FCM
  }

  final FakePushes fake;
  final PushSender sender;
  private final PushLoops loops;
  private final Platform platform;

  private Rig(FakePushes fake, PushSender sender, PushLoops loops, Platform platform) {
    this.fake = fake;
    this.sender = sender;
    this.loops = loops;
    this.platform = platform;
  }

  /// @param folder takes key files
  static Rig of(Provider provider, Path folder, Duration timeout) throws IOException {
    var loops = new PushLoops();
    var clock = InstantSource.system();
    return switch (provider) {
      case APNS -> {
        var apns = FakeApns.start();
        var sender = new ApnsPushSender(settings(apns, folder, timeout), loops, clock);
        yield new Rig(apns, sender, loops, Platform.PLATFORM_APNS);
      }
      case FCM -> {
        var fcm = FakeFcm.start();
        var sender = new FcmPushSender(settings(fcm, timeout), loops, clock);
        yield new Rig(fcm, sender, loops, Platform.PLATFORM_FCM);
      }
    };
  }

  /// @param folder takes key files
  static Apns settings(FakeApns apns, Path folder, Duration timeout) throws IOException {
    return new Apns(
        "",
        apns.host(),
        apns.port(),
        apns.topic(),
        new ApnsCredentials.Token(
            Files.writeString(folder.resolve("key.p8"), apns.signingKeyPem()),
            apns.keyId(),
            apns.teamId()),
        Optional.of(Files.writeString(folder.resolve("trusted.pem"), apns.trustedPem())),
        timeout);
  }

  private static Fcm settings(FakeFcm fcm, Duration timeout) {
    return new Fcm(
        "", fcm.baseUrl(), fcm.project(), Optional.empty(), Optional.of(fcm.bearer()), timeout);
  }

  private Push push(String token) {
    return Pushes.lasting(Pushes.to(platform, token, false, Pushes.text("3")));
  }

  /// Sends to all of them at once.
  ///
  /// @param way the sender, or a route to it
  Map<String, Outcome> send(List<String> tokens, PushSender way) throws Exception {
    Map<String, FutureTask<Outcome>> sends = new LinkedHashMap<>();
    for (String token : tokens) {
      var send = new FutureTask<>(() -> Pushes.sendOverItsRoute(way, push(token)));
      sends.put(token, send);
      Thread.ofVirtual().start(send);
    }
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (var send : sends.entrySet()) {
      outcomes.put(send.getKey(), send.getValue().get());
    }
    return outcomes;
  }

  Map<String, Outcome> send(List<String> tokens) throws Exception {
    return send(tokens, sender);
  }

  static List<String> tokens(String prefix, int count) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(prefix + i);
    }
    return tokens;
  }

  @Override
  public void close() {
    fake.close();
    sender.close();
    loops.close();
  }
}
