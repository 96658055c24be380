package dev.whileaway.testkit.smtp;

import dev.whileaway.testkit.Script;
import dev.whileaway.testkit.Sends;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/// One mail on its way in, and what the script says of it.
final class FakeSmtpSession implements MessageHandler {

  private final Session session;
  private final Script<SmtpBehaviour> script;
  private final Sends<ReceivedMail> mails;
  private String from = "";
  private String to = "";

  FakeSmtpSession(MessageContext context, Script<SmtpBehaviour> script, Sends<ReceivedMail> mails) {
    this.session = (Session) context;
    this.script = script;
    this.mails = mails;
  }

  @Override
  public void from(String address) {
    from = address;
  }

  @Override
  public void recipient(String address) throws RejectException {
    to = address;
    switch (script.of(address)) {
      case SmtpBehaviour.RefuseRecipient(int code, String text) ->
          throw new RejectException(code, text);
      case SmtpBehaviour.CloseAtRecipient() -> hangUp();
      case SmtpBehaviour.Accept(),
          SmtpBehaviour.RefuseData(_, _),
          SmtpBehaviour.CloseInData(),
          SmtpBehaviour.CloseAfterDot(),
          SmtpBehaviour.Delay(_) -> {}
    }
  }

  @Override
  public @Nullable String data(InputStream data) throws RejectException, IOException {
    var behaviour = script.of(to);
    if (behaviour instanceof SmtpBehaviour.CloseInData) {
      var _ = data.read();
      return hangUp();
    }
    var raw = data.readAllBytes();
    if (behaviour instanceof SmtpBehaviour.RefuseData(int code, String text)) {
      throw new RejectException(code, text);
    }
    mails.add(new ReceivedMail(from, to, session.isTLSStarted(), login(), raw));
    return switch (behaviour) {
      case SmtpBehaviour.CloseAfterDot() -> hangUp();
      case SmtpBehaviour.Delay(var delay) -> {
        pause(delay.toMillis());
        yield taken();
      }
      case SmtpBehaviour.Accept(),
          SmtpBehaviour.RefuseData(_, _),
          SmtpBehaviour.RefuseRecipient(_, _),
          SmtpBehaviour.CloseAtRecipient(),
          SmtpBehaviour.CloseInData() ->
          taken();
    };
  }

  @Override
  public void done() {}

  private String taken() {
    return "2.0.0 Ok: queued as " + Long.toHexString(mails.count());
  }

  private String login() {
    return session
        .getAuthenticationHandler()
        .map(handler -> (String) handler.getIdentity())
        .orElse("");
  }

  /// The server library then answers into a closed socket, which it does not mind.
  private @Nullable String hangUp() {
    try {
      session.closeSocket();
      return null;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
