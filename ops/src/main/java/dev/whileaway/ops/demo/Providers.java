package dev.whileaway.ops.demo;

import dev.whileaway.testkit.push.FakeApns;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// The outside world on loopback sockets: a mail server and two push providers that speak the real
/// protocols.
final class Providers implements AutoCloseable {

  private final FakeSmtpServer smtp = FakeSmtpServer.start();
  private final FakeFcm fcm = FakeFcm.start();
  private final FakeApns apns = FakeApns.start();

  Providers(Album album) {
    smtp.onMail(album::add);
    fcm.onPush(push -> album.add("fcm", push));
    apns.onPush(push -> album.add("apns", push));
  }

  String apnsTopic() {
    return apns.topic();
  }

  long mails() {
    return smtp.count();
  }

  long pushes() {
    return fcm.count() + apns.count();
  }

  /// Writes what a `serve` needs to know of these providers and of the demo's clock.
  Path writeConfiguration(Path folder, Instant start, double speed) throws IOException {
    Path signingKey = Files.writeString(folder.resolve("apns.p8"), apns.signingKeyPem());
    Path trusted = Files.writeString(folder.resolve("apns.pem"), apns.trustedPem());
    // A lease must outlive real work, which the clock makes long.
    long leaseSeconds = (long) Math.ceil(Duration.ofSeconds(60).toSeconds() * speed);
    String yaml =
        """
        clock:
          start: %s
          speed: %s
        worker:
          tick: 20ms
          lease-ttl: %ds
        mail:
          from: digest@example.com
          from-name: Whileaway demo
          message-id-domain: example.com
        delivery:
          smtp:
            host: %s
            port: %d
            starttls: off
          fcm:
            - base-url: %s
              project: %s
              bearer: %s
          apns:
            - app: %s
              host: %s
              port: %d
              topic: %s
              signing-key: '%s'
              key-id: %s
              team-id: %s
              trusted: '%s'
        """
            .formatted(
                start,
                String.format(Locale.ROOT, "%.3f", speed),
                leaseSeconds,
                smtp.host(),
                smtp.port(),
                fcm.baseUrl(),
                fcm.project(),
                fcm.bearer(),
                apns.topic(),
                apns.host(),
                apns.port(),
                apns.topic(),
                signingKey,
                apns.keyId(),
                apns.teamId(),
                trusted);
    return Files.writeString(folder.resolve("whileaway.yaml"), yaml);
  }

  @Override
  public void close() {
    smtp.close();
    fcm.close();
    apns.close();
  }
}
