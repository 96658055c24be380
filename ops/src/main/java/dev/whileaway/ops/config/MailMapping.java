package dev.whileaway.ops.config;

import static dev.whileaway.ops.config.ConfigurationException.expected;

import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.templates.token.UserLinks;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.Dkim;
import dev.whileaway.worker.deliver.DeliverySettings.Feedback;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import java.util.List;
import java.util.Optional;

/// From the keys below `mail` to the records of worker and templates.
final class MailMapping {

  private final MailConfiguration mail;

  MailMapping(MailConfiguration mail) {
    this.mail = mail;
  }

  MailIdentity identity() throws ConfigurationException {
    return new MailIdentity(
        mail.from(),
        mail.fromName(),
        mail.messageIdDomain()
            .orElseGet(() -> mail.from().substring(mail.from().lastIndexOf('@') + 1)),
        mail.dkim().map(MailMapping::dkim),
        bounces(),
        mail.feedbackSender());
  }

  /// By which users unsubscribe and choose.
  Optional<UserLinks> links() throws ConfigurationException {
    return mail.pagesUrl().isPresent()
        ? Optional.of(new UserLinks(mail.pagesUrl().get(), keyRing("mail.pages-url")))
        : Optional.empty();
  }

  private static Dkim dkim(MailConfiguration.Dkim dkim) {
    return new Dkim(
        dkim.domain(),
        dkim.keys().stream().map(key -> new Dkim.Key(key.selector(), key.privateKey())).toList());
  }

  private Optional<Bounces> bounces() throws ConfigurationException {
    var feedback = mail.feedback();
    var listen =
        feedback
            .port()
            .map(port -> new Feedback(feedback.host(), port, feedback.complaintAddress()));
    if (feedback.complaintAddress().isPresent() && listen.isEmpty()) {
      throw expected(
          "mail.feedback.port",
          "a port, since mail.feedback.complaint-address is set and nobody would hear complaints",
          "none");
    }
    if (mail.bounceAddress().isPresent()) {
      var keys = keyRing("mail.bounce-address");
      return Optional.of(new Bounces(mail.bounceAddress().get(), keys, listen));
    }
    if (listen.isPresent()) {
      throw expected("mail.bounce-address", "an address, since mail.feedback.port is set", "none");
    }
    return Optional.empty();
  }

  /// @param wanting the key that makes no sense without them
  private KeyRing keyRing(String wanting) throws ConfigurationException {
    var secrets = mail.keys().orElse(List.of());
    if (secrets.isEmpty()) {
      throw expected("mail.keys", "a secret, since " + wanting + " is set", "none");
    }
    for (String secret : secrets) {
      Secrets.refuseExample("mail.keys", secret);
    }
    try {
      return KeyRing.of(secrets);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("mail.keys: " + e.getMessage(), e);
    }
  }
}
