package dev.whileaway.worker.deliver.mail;

import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.mail.dkim.DkimSigner;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// Makes a digest a message of RFC 5322. Safe for use by many threads.
public final class MailComposer {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Session ascii = Session.getInstance(new Properties());
  private final Session utf8 = Session.getInstance(allowingUtf8());
  private final MailIdentity identity;
  private final MailAddress sender;
  private final String from;
  private final Optional<BounceAddresses> bounces;
  private final Optional<DkimSigner> signer;
  private final InstantSource clock;

  private MailComposer(MailIdentity identity, Optional<DkimSigner> signer, InstantSource clock) {
    this.identity = identity;
    this.signer = signer;
    this.clock = clock;
    this.bounces = identity.bounces().map(BounceAddresses::new);
    try {
      this.sender = MailAddress.of(identity.from());
      this.from = sender.withName(identity.fromName());
    } catch (UnmailableException e) {
      throw new IllegalArgumentException("mail.from: " + e.reason(), e);
    }
  }

  /// @throws IllegalArgumentException if an address of the identity is none
  /// @throws IOException if a key for signatures is not fit for it; the message names its file
  public static MailComposer open(MailIdentity identity, InstantSource clock) throws IOException {
    var dkim = identity.dkim();
    return new MailComposer(
        identity,
        dkim.isPresent() ? Optional.of(DkimSigner.open(dkim.get())) : Optional.empty(),
        clock);
  }

  OutgoingMail compose(Mail mail) throws UnmailableException {
    var to = MailAddress.of(mail.toAddress());
    var now = clock.instant();
    try {
      var message = new DigestMessage(to.needsUtf8() ? utf8 : ascii);
      setHeaders(message, mail, to, now);
      message.setEnvelopeFrom(bounces.map(own -> own.of(to.address())).orElse(sender.address()));
      message.complete(Alternatives.of(mail.text()));
      if (signer.isPresent()) {
        message.sign(signer.get(), now);
      }
      return new OutgoingMail(message, to);
    } catch (MessagingException e) {
      throw new IllegalStateException("expected to compose a mail, but " + e.getMessage(), e);
    }
  }

  private void setHeaders(MimeMessage message, Mail mail, MailAddress to, Instant now)
      throws MessagingException {
    MailHeaders.set(message, "Date", DATE.format(now));
    MailHeaders.set(message, "From", from);
    MailHeaders.set(message, "To", to.withName(mail.toName()));
    MailHeaders.set(message, "Subject", HeaderText.encoded(mail.text().subject()));
    MailHeaders.set(
        message, "Message-ID", MessageIds.of(mail.digestId(), identity.messageIdDomain()));
    MailHeaders.set(message, "List-Id", "<digest." + identity.messageIdDomain() + ">");
    // RFC 3834: no out-of-office notes in reply; Exchange listens to the second only (MS-OXCMAIL
    // section 2.1.3.2.20), where "All" would keep back bounces too.
    MailHeaders.set(message, "Auto-Submitted", "auto-generated");
    MailHeaders.set(message, "X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply");
    Locale language = mail.text().language();
    if (!language.getLanguage().isEmpty()) {
      MailHeaders.set(message, "Content-Language", language.toLanguageTag());
    }
    setUnsubscribing(message, mail.text().oneClick());
    if (identity.feedbackSender().isPresent()) {
      MailHeaders.set(message, "Feedback-ID", feedbackId(mail, identity.feedbackSender().get()));
    }
  }

  /// RFC 8058: by these two, both signed, mailboxes show a button of their own.
  private static void setUnsubscribing(MimeMessage message, String oneClick)
      throws MessagingException {
    if (!oneClick.isEmpty()) {
      MailHeaders.set(message, "List-Unsubscribe", "<" + oneClick + ">");
      MailHeaders.set(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
  }

  /// Gmail tells how many complain by each of the parts, the last of which is the sender:
  /// <https://support.google.com/a/answer/6254652>.
  private static String feedbackId(Mail mail, String sender) {
    return mail.text().language().toLanguageTag() + ":digest:" + sender;
  }

  private static Properties allowingUtf8() {
    var properties = new Properties();
    properties.setProperty("mail.mime.allowutf8", "true");
    return properties;
  }
}
