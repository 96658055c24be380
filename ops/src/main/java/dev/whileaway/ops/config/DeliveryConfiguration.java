package dev.whileaway.ops.config;

import dev.whileaway.ops.config.Values.Count;
import dev.whileaway.ops.config.Values.InFlight;
import dev.whileaway.ops.config.Values.Port;
import dev.whileaway.ops.config.Values.Rate;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.route.Importance;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The keys below `delivery`, with their defaults.
interface DeliveryConfiguration {

  Optional<Path> files();

  Smtp smtp();

  List<Fcm> fcm();

  List<Apns> apns();

  List<WebPush> webPush();

  List<Hms> hms();

  /// Without a host there is no SMTP.
  interface Smtp {
    Optional<String> host();

    @WithDefault("587")
    @WithConverter(Port.class)
    int port();

    @WithDefault("required")
    StartTls starttls();

    Optional<String> username();

    Optional<String> password();

    @WithDefault("4")
    @WithConverter(Count.class)
    int connections();

    @WithDefault("30s")
    Duration timeout();

    @WithDefault("100")
    @WithConverter(Count.class)
    int mailsPerConnection();

    PerDomain perDomain();

    interface PerDomain {
      @WithConverter(Count.class)
      Optional<Integer> connections();

      @WithDefault("0")
      @WithConverter(Rate.class)
      int perSecond();
    }
  }

  /// What the apps of all push platforms have.
  interface App {
    Optional<String> app();

    @WithDefault("10s")
    Duration timeout();

    @WithDefault("high")
    Importance importance();

    @WithDefault("0")
    @WithConverter(Rate.class)
    int perSecond();
  }

  /// Those whose platforms can take a push back.
  interface RetractingApp extends App {
    @WithDefault("false")
    boolean retract();
  }

  interface Fcm extends RetractingApp {
    @WithDefault("https://fcm.googleapis.com")
    URI baseUrl();

    String project();

    Optional<Path> serviceAccount();

    Optional<String> bearer();

    @WithDefault("200")
    @WithConverter(InFlight.class)
    int inFlight();
  }

  interface Apns extends RetractingApp {
    @WithDefault("api.push.apple.com")
    String host();

    @WithDefault("443")
    @WithConverter(Port.class)
    int port();

    String topic();

    Optional<Path> signingKey();

    Optional<String> keyId();

    Optional<String> teamId();

    Optional<Path> certificate();

    Optional<String> certificatePassword();

    Optional<Path> trusted();

    @WithDefault("1000")
    @WithConverter(InFlight.class)
    int inFlight();
  }

  interface Hms extends RetractingApp {
    String appId();

    String appSecret();

    @WithDefault("https://push-api.cloud.huawei.com")
    URI baseUrl();

    @WithDefault("https://oauth-login.cloud.huawei.com")
    URI loginUrl();

    Optional<String> badgeClass();

    @WithDefault("200")
    @WithConverter(InFlight.class)
    int inFlight();
  }

  interface WebPush extends App {
    String publicKey();

    String privateKey();

    @WithConverter(WebPushValues.Contact.class)
    String contact();

    Optional<List<@WithConverter(WebPushValues.Service.class) String>> services();

    @WithDefault("200")
    @WithConverter(InFlight.class)
    int inFlight();
  }
}
