package dev.whileaway.worker.deliver.mail.feedback;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/// One mail on its way in.
final class FeedbackSession implements MessageHandler {

  private static final Logger LOG = LoggerFactory.getLogger(FeedbackSession.class);

  private final FeedbackInbox inbox;
  private final List<String> recipients = new ArrayList<>();

  FeedbackSession(FeedbackInbox inbox) {
    this.inbox = inbox;
  }

  @Override
  public void from(String sender) {}

  @Override
  public void recipient(String recipient) throws RejectException {
    if (!inbox.takes(recipient)) {
      throw new RejectException(550, "5.1.1 No such address here");
    }
    recipients.add(recipient);
  }

  @Override
  public @Nullable String data(InputStream mail) throws RejectException, IOException {
    // What is beyond is not needed: the part for machines comes before the mail that came back.
    var report = mail.readNBytes(FeedbackServer.MESSAGE_BYTES_MAX);
    try {
      inbox.read(recipients, report);
      return null;
    } catch (RuntimeException e) {
      LOG.warn("expected to take a bounce or complaint, but found: {}", e.toString());
      throw new RejectException(451, "4.3.0 Try again later");
    }
  }

  @Override
  public void done() {}
}
