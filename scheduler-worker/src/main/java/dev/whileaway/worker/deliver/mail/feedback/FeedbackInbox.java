package dev.whileaway.worker.deliver.mail.feedback;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.worker.deliver.mail.BounceAddresses;
import dev.whileaway.worker.deliver.mail.FullMailboxes;
import dev.whileaway.worker.deliver.mail.Suppressions;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what a mail that came back means for whom. Safe for use by many threads.
final class FeedbackInbox {

  private static final Logger LOG = LoggerFactory.getLogger(FeedbackInbox.class);

  private final Session session = Session.getInstance(new Properties());
  private final BounceAddresses bounces;
  private final Optional<String> complaintAddress;
  private final Suppressions suppressions;
  private final FullMailboxes full;

  FeedbackInbox(
      BounceAddresses bounces,
      Optional<String> complaintAddress,
      Suppressions suppressions,
      FullMailboxes full) {
    this.full = full;
    this.bounces = bounces;
    this.complaintAddress = complaintAddress;
    this.suppressions = suppressions;
  }

  boolean takes(String recipient) {
    return bounces.recipient(recipient).isPresent()
        || complaintAddress.filter(recipient::equalsIgnoreCase).isPresent();
  }

  /// Reads a mail, and suppresses whom it speaks of. What cannot be read is let go: it would not be
  /// better a second time.
  ///
  /// @param recipients those that we took
  /// @throws RuntimeException if the suppression list cannot be reached; it may be brought again
  void read(List<String> recipients, byte[] mail) {
    try {
      switch (ReportReader.read(new MimeMessage(session, new ByteArrayInputStream(mail)))) {
        case Report.DeadMailbox(var address, var detail) ->
            sealed(recipients)
                .forEach(print ->
                    add(
                        name(print, address),
                        SuppressionReason.SUPPRESSION_REASON_BOUNCED,
                        detail));
        case Report.FullMailbox() -> sealed(recipients).forEach(full::add);
        case Report.Complaint(var senders, var detail) ->
            Stream.concat(sealed(recipients), sealed(senders))
                .distinct()
                .forEach(print ->
                    add(name(print, ""), SuppressionReason.SUPPRESSION_REASON_COMPLAINED, detail));
        case Report.Nothing _ -> LOG.debug("a mail came back that says nothing of an address");
      }
    } catch (MessagingException | IOException e) {
      LOG.info("expected a bounce or a complaint, but found: {}", e.getMessage());
    }
  }

  private void add(SuppressedAddress address, SuppressionReason reason, String detail) {
    suppressions.add(address, reason, detail);
    LOG.info("suppressed an address: {}, {}", reason, detail);
  }

  private Stream<AddressPrint> sealed(List<String> addresses) {
    return addresses.stream().map(bounces::recipient).flatMap(Optional::stream).distinct();
  }

  /// The address is for people, and only if it is the one that was mailed: a forwarded mail bounces
  /// with another.
  private static SuppressedAddress name(AddressPrint print, String address) {
    var named = SuppressedAddress.newBuilder();
    return AddressPrint.of(address).equals(print)
        ? named.setAddress(address).build()
        : named.setPrint(print.hex()).build();
  }
}
