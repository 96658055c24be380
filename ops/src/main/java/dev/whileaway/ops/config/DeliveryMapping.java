package dev.whileaway.ops.config;

import static dev.whileaway.ops.config.ConfigurationException.expected;

import dev.whileaway.worker.deliver.ApnsCredentials;
import dev.whileaway.worker.deliver.DeliverySettings;
import dev.whileaway.worker.deliver.DeliverySettings.Limits;
import dev.whileaway.worker.deliver.DeliverySettings.Login;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.route.PerDomain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From the keys below `delivery` to the worker's record, and the rules that hold between them.
final class DeliveryMapping {

  private final DeliveryConfiguration delivery;

  DeliveryMapping(DeliveryConfiguration delivery) {
    this.delivery = delivery;
  }

  /// @param files where they go unless the keys say
  DeliverySettings settings(Path files, MailIdentity identity) throws ConfigurationException {
    for (int i = 0; i < delivery.fcm().size(); i++) {
      DeliveryConfiguration.Fcm fcm = delivery.fcm().get(i);
      if (fcm.serviceAccount().isPresent() == fcm.bearer().isPresent()) {
        throw expected(
            "delivery.fcm[" + i + "]",
            "either service-account or bearer",
            fcm.bearer().isPresent() ? "both" : "neither");
      }
    }
    List<DeliverySettings.Apns> apns = new ArrayList<>();
    for (int i = 0; i < delivery.apns().size(); i++) {
      apns.add(apns(delivery.apns().get(i), "delivery.apns[" + i + "]"));
    }
    return new DeliverySettings(
        smtp(delivery.smtp()),
        delivery.fcm().stream().map(DeliveryMapping::fcm).toList(),
        apns,
        delivery.webPush().stream().map(DeliveryMapping::webPush).toList(),
        delivery.hms().stream().map(DeliveryMapping::hms).toList(),
        delivery.files().orElse(files),
        identity);
  }

  private static Optional<DeliverySettings.Smtp> smtp(DeliveryConfiguration.Smtp smtp)
      throws ConfigurationException {
    if (smtp.username().isPresent() != smtp.password().isPresent()) {
      throw expected(
          "delivery.smtp",
          "username and password together",
          smtp.username().isPresent() ? "no password" : "no username");
    }
    if (smtp.username().isPresent() && smtp.host().isEmpty()) {
      throw expected("delivery.smtp.host", "the server of that username", "none");
    }
    if (smtp.username().isPresent() && smtp.starttls() == StartTls.OPTIONAL) {
      throw expected(
          "delivery.smtp.starttls",
          "required (or off, if the line is safe), since whoever hides the server's offer would"
              + " read the password",
          "optional");
    }
    return smtp.host()
        .map(host ->
            new DeliverySettings.Smtp(
                host,
                smtp.port(),
                smtp.starttls(),
                smtp.username().map(name -> new Login(name, smtp.password().orElseThrow())),
                smtp.connections(),
                smtp.timeout(),
                smtp.mailsPerConnection(),
                perDomain(smtp)));
  }

  private static PerDomain perDomain(DeliveryConfiguration.Smtp smtp) {
    var some = PerDomain.of(smtp.connections());
    return new PerDomain(
        smtp.perDomain().connections().orElse(some.connections()), smtp.perDomain().perSecond());
  }

  private static DeliverySettings.Fcm fcm(DeliveryConfiguration.Fcm fcm) {
    return new DeliverySettings.Fcm(
        fcm.app().orElse(""),
        fcm.baseUrl(),
        fcm.project(),
        fcm.serviceAccount(),
        fcm.bearer(),
        fcm.timeout(),
        limits(fcm, fcm.inFlight(), fcm.retract()));
  }

  private static DeliverySettings.Apns apns(DeliveryConfiguration.Apns apns, String key)
      throws ConfigurationException {
    return new DeliverySettings.Apns(
        apns.app().orElse(""),
        apns.host(),
        apns.port(),
        apns.topic(),
        credentials(apns, key),
        apns.trusted(),
        apns.timeout(),
        limits(apns, apns.inFlight(), apns.retract()));
  }

  private static ApnsCredentials credentials(DeliveryConfiguration.Apns apns, String key)
      throws ConfigurationException {
    if (apns.signingKey().isPresent() == apns.certificate().isPresent()) {
      throw expected(
          key,
          "either signing-key (with key-id and team-id) or certificate (with"
              + " certificate-password)",
          apns.certificate().isPresent() ? "both" : "neither");
    }
    if (apns.certificate().isPresent()) {
      refuseBesideACertificate(apns.keyId(), key + ".key-id");
      refuseBesideACertificate(apns.teamId(), key + ".team-id");
      return new ApnsCredentials.Certificate(
          apns.certificate().get(), apns.certificatePassword().orElse(""));
    }
    if (apns.certificatePassword().isPresent()) {
      throw expected(key + ".certificate-password", "it beside certificate", "it beside none");
    }
    return new ApnsCredentials.Token(
        apns.signingKey().orElseThrow(),
        besideTheKey(apns.keyId(), key + ".key-id"),
        besideTheKey(apns.teamId(), key + ".team-id"));
  }

  private static void refuseBesideACertificate(Optional<String> id, String key)
      throws ConfigurationException {
    if (id.isPresent()) {
      throw expected(key, "it beside signing-key", "it beside certificate, which needs none");
    }
  }

  private static String besideTheKey(Optional<String> id, String key)
      throws ConfigurationException {
    if (id.isEmpty()) {
      throw expected(key, "the ten characters that Apple shows beside the signing-key", "none");
    }
    return id.get();
  }

  private static DeliverySettings.WebPush webPush(DeliveryConfiguration.WebPush web) {
    return new DeliverySettings.WebPush(
        web.app().orElse(""),
        web.publicKey(),
        web.privateKey(),
        web.contact(),
        web.services().orElse(DeliverySettings.WebPush.SERVICES),
        web.timeout(),
        limits(web, web.inFlight(), false));
  }

  private static DeliverySettings.Hms hms(DeliveryConfiguration.Hms hms) {
    return new DeliverySettings.Hms(
        hms.app().orElse(""),
        hms.appId(),
        hms.appSecret(),
        hms.baseUrl(),
        hms.loginUrl(),
        hms.badgeClass(),
        hms.timeout(),
        limits(hms, hms.inFlight(), hms.retract()));
  }

  private static Limits limits(DeliveryConfiguration.App app, int inFlight, boolean retracts) {
    return new Limits(app.importance(), inFlight, app.perSecond(), retracts);
  }
}
