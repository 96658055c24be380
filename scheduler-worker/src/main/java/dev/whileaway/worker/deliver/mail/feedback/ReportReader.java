package dev.whileaway.worker.deliver.mail.feedback;

import dev.whileaway.worker.deliver.mail.HeaderText;
import dev.whileaway.worker.deliver.mail.MailboxStatus;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePartDataSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;

/// Reads bounces and complaints. Both are `multipart/report` (RFC 6522): words for people, then one
/// part for machines, then what came back.
final class ReportReader {

  private static final int PARTS_MAX = 10;
  private static final Pattern STATUS = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

  private static final Pattern FAILED = Pattern.compile("(?i)failed\\b");

  private ReportReader() {}

  static Report read(MimeMessage message) throws MessagingException, IOException {
    if (!message.isMimeType("multipart/report")) {
      return new Report.Nothing();
    }
    var parts = parts(new MimeMultipart(new MimePartDataSource(message)));
    for (var part : parts) {
      // The second is of RFC 6533, for addresses that are not ASCII.
      if (part.isMimeType("message/delivery-status")
          || part.isMimeType("message/global-delivery-status")) {
        return bounce(new DeliveryStatus(part.getInputStream()));
      }
      if (part.isMimeType("message/feedback-report")) {
        return complaint(new InternetHeaders(part.getInputStream()), parts);
      }
    }
    return new Report.Nothing();
  }

  private static List<BodyPart> parts(MimeMultipart multipart) throws MessagingException {
    var parts = new ArrayList<BodyPart>();
    for (int i = 0; i < Math.min(multipart.getCount(), PARTS_MAX); i++) {
      parts.add(multipart.getBodyPart(i));
    }
    return parts;
  }

  /// Of one mail to one address there is one recipient; the first that is dead counts.
  private static Report bounce(DeliveryStatus report) {
    for (int i = 0; i < report.getRecipientDSNCount(); i++) {
      var fields = report.getRecipientDSN(i);
      var status = status(fields);
      boolean failed = FAILED.matcher(field(fields, "Action")).lookingAt();
      if (failed && MailboxStatus.full(status)) {
        return new Report.FullMailbox();
      }
      if (failed && MailboxStatus.dead(status)) {
        var words = status + " " + typed(field(fields, "Diagnostic-Code"));
        return new Report.DeadMailbox(
            typed(field(fields, "Final-Recipient")), HeaderText.oneLine(words));
      }
    }
    return new Report.Nothing();
  }

  /// A comment may follow (RFC 3464 section 2.1.1). Some servers give `5.0.0` and have the true one
  /// in the words.
  private static String status(InternetHeaders fields) {
    var status = first(field(fields, "Status"));
    var inWords = first(field(fields, "Diagnostic-Code"));
    return status.endsWith(".0.0") && !inWords.isEmpty() ? inWords : status;
  }

  private static String first(String words) {
    var found = STATUS.matcher(words);
    return found.find() ? found.group(1) : "";
  }

  private static Report complaint(InternetHeaders fields, List<BodyPart> parts)
      throws MessagingException, IOException {
    var type = field(fields, "Feedback-Type").toLowerCase(Locale.ROOT);
    if (type.equals("not-spam")) {
      return new Report.Nothing();
    }
    var senders = new ArrayList<String>();
    senders.add(bare(field(fields, "Original-Mail-From")));
    for (var part : parts) {
      if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers")) {
        senders.add(bare(field(new InternetHeaders(part.getInputStream()), "Return-Path")));
      }
    }
    return new Report.Complaint(senders, HeaderText.oneLine(type));
  }

  private static String field(InternetHeaders fields, String name) {
    return Objects.requireNonNullElse(fields.getHeader(name, ","), "").strip();
  }

  /// Without the type in front: `rfc822; anna@example.org`.
  private static String typed(String value) {
    return bare(value.substring(value.indexOf(';') + 1));
  }

  private static String bare(String address) {
    return address.strip().replaceAll("^<|>$", "");
  }
}
