package dev.whileaway.worker.deliver;

import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.worker.deliver.route.Importance;
import dev.whileaway.worker.deliver.route.PerDomain;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The configured channels. A channel that is not configured writes into `files`.
///
/// @param files folder for pushes (JSON) and mails (.eml) of channels without a provider
public record DeliverySettings(
    Optional<Smtp> smtp,
    List<Fcm> fcm,
    List<Apns> apns,
    List<WebPush> webPush,
    List<Hms> hms,
    Path files,
    MailIdentity identity) {

  /// Without Web Push and Push Kit.
  public DeliverySettings(
      Optional<Smtp> smtp, List<Fcm> fcm, List<Apns> apns, Path files, MailIdentity identity) {
    this(smtp, fcm, apns, List.of(), List.of(), files, identity);
  }

  /// Who mails come from.
  ///
  /// @param from an address
  /// @param messageIdDomain the right side of Message-IDs
  /// @param dkim not set: mails are not signed here
  /// @param bounces not set: bounces go to `from`
  /// @param feedbackSender names us in Gmail's reports of complaints; not set: none are wanted
  public record MailIdentity(
      String from,
      String fromName,
      String messageIdDomain,
      Optional<Dkim> dkim,
      Optional<Bounces> bounces,
      Optional<String> feedbackSender) {

    /// With nothing that is optional.
    public static MailIdentity of(String from, String fromName, String messageIdDomain) {
      return new MailIdentity(
          from, fromName, messageIdDomain, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /// Where mails that cannot be delivered come back to.
  ///
  /// @param address each recipient has one of its own, made of this one
  /// @param keys seal those
  /// @param feedback not set: bounces and complaints are nobody's business here
  public record Bounces(String address, KeyRing keys, Optional<Feedback> feedback) {}

  /// Where bounces and complaints are listened for.
  ///
  /// @param port 0: any free one
  /// @param complaintAddress where mailbox providers send complaints, as told to them
  public record Feedback(String host, int port, Optional<String> complaintAddress) {}

  /// How mails are signed.
  ///
  /// @param domain in whose name; DMARC wants that of `from`, or one above or below it
  /// @param keys one of RSA, and one of Ed25519 if wanted
  public record Dkim(String domain, List<Key> keys) {

    /// @param selector DNS has the public key at `SELECTOR._domainkey.DOMAIN`
    /// @param privateKey a file, PKCS #8 in PEM
    public record Key(String selector, Path privateKey) {}
  }

  /// The server that takes mails.
  ///
  /// @param connections held open at most
  /// @param timeout of connecting, and of each read and write
  /// @param mailsPerConnection after these a connection is made anew
  /// @param perDomain what the mails to one receiving domain may use of it
  public record Smtp(
      String host,
      int port,
      StartTls startTls,
      Optional<Login> login,
      int connections,
      Duration timeout,
      int mailsPerConnection,
      PerDomain perDomain) {

    /// Whether the conversation is encrypted.
    public enum StartTls {
      /// Send only if the server offers STARTTLS.
      REQUIRED,
      /// Use it if offered.
      OPTIONAL,
      /// Never.
      OFF
    }
  }

  /// A user name and its secret.
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return username;
    }
  }

  /// What an app of a push platform may use, and what it can do.
  ///
  /// @param inFlightMax pushes under way at once, at most
  /// @param perSecondMax pushes begun in a second; zero: any number
  /// @param retracts it knows how to take a push back
  public record Limits(Importance importance, int inFlightMax, int perSecondMax, boolean retracts) {

    /// Of high importance, at any pace; it cannot take pushes back.
    static Limits of(int inFlightMax) {
      return new Limits(Importance.HIGH, inFlightMax, 0, false);
    }
  }

  /// An app at Firebase Cloud Messaging, HTTP v1, or at a service that speaks it.
  ///
  /// @param app which devices it serves; empty: those that name none
  /// @param serviceAccount a Google service account's JSON key file; empty: `bearer` is used
  /// @param bearer a fixed token
  public record Fcm(
      String app,
      URI baseUrl,
      String project,
      Optional<Path> serviceAccount,
      Optional<String> bearer,
      Duration timeout,
      Limits limits) {

    /// Two connections' worth of streams.
    public static final Limits LIMITS = Limits.of(200);

    public Fcm(
        String app,
        URI baseUrl,
        String project,
        Optional<Path> serviceAccount,
        Optional<String> bearer,
        Duration timeout) {
      this(app, baseUrl, project, serviceAccount, bearer, timeout, LIMITS);
    }
  }

  /// An app at the Apple Push Notification service.
  ///
  /// @param app which devices it serves; empty: those that name none
  /// @param topic the app's bundle id
  /// @param trusted certificates to trust in place of the system's, for a provider that is not
  ///   Apple's
  public record Apns(
      String app,
      String host,
      int port,
      String topic,
      ApnsCredentials credentials,
      Optional<Path> trusted,
      Duration timeout,
      Limits limits) {

    /// One connection's worth of streams, over two connections.
    public static final Limits LIMITS = Limits.of(1_000);

    public Apns(
        String app,
        String host,
        int port,
        String topic,
        ApnsCredentials credentials,
        Optional<Path> trusted,
        Duration timeout) {
      this(app, host, port, topic, credentials, trusted, timeout, LIMITS);
    }
  }

  /// A web site whose users subscribed in their browsers.
  ///
  /// @param app which devices it serves; empty: those that name none
  /// @param publicKey the VAPID key that subscriptions were made for, base64url of its 65 bytes
  /// @param privateKey its other half, base64url of 32 bytes
  /// @param contact a `mailto:` or `https:` address for the push services' operators
  /// @param services hosts that may be sent to; `*.` in front stands for any part. Who registers a
  ///   subscription names the host, so it must not be any
  public record WebPush(
      String app,
      String publicKey,
      String privateKey,
      String contact,
      List<String> services,
      Duration timeout,
      Limits limits) {

    public static final Limits LIMITS = Limits.of(200);

    /// Those of Chrome, Firefox, Edge and Safari.
    public static final List<String> SERVICES =
        List.of(
            "fcm.googleapis.com",
            "*.push.services.mozilla.com",
            "*.notify.windows.com",
            "*.push.apple.com");

    @Override
    public String toString() {
      return "web push of " + app;
    }
  }

  /// An app at Huawei's Push Kit.
  ///
  /// @param app which devices it serves; empty: those that name none
  /// @param loginUrl where tokens are issued for the secret
  /// @param badgeClass the app's first activity, without which Push Kit sets no badge
  public record Hms(
      String app,
      String appId,
      String appSecret,
      URI baseUrl,
      URI loginUrl,
      Optional<String> badgeClass,
      Duration timeout,
      Limits limits) {

    public static final Limits LIMITS = Limits.of(200);

    /// Without a badge.
    public Hms(
        String app,
        String appId,
        String appSecret,
        URI baseUrl,
        URI loginUrl,
        Duration timeout,
        Limits limits) {
      this(app, appId, appSecret, baseUrl, loginUrl, Optional.empty(), timeout, limits);
    }

    @Override
    public String toString() {
      return "push kit of " + appId;
    }
  }
}
