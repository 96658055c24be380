package dev.whileaway.ops.crash;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.ReceivedMail;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/// A mail server and a push provider that live on when a server of ours dies, and remember every
/// send: files would not do, since the same digest written again replaces its file.
///
/// The mail server is slow to answer, so that a death often falls between a mail taken and its
/// answer.
final class Outside implements AutoCloseable {

  private static final Duration SLOWNESS = Duration.ofMillis(30);
  private static final Pattern QUOTED = Pattern.compile(EventName.ID);
  private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: (\\S+)\r?$");
  private static final Pattern DIGEST_ID = Pattern.compile("\"digest_id\":\"(\\w+)\"");

  /// A mail's text is large, and what is asked of it is remembered apart.
  private static final int MAILS_KEPT = 1;

  private final FakeSmtpServer smtp = FakeSmtpServer.builder().keep(MAILS_KEPT).start();
  private final FakeFcm fcm = FakeFcm.start();
  private final Queue<Mail> mails = new ConcurrentLinkedQueue<>();
  private final Queue<Push> pushes = new ConcurrentLinkedQueue<>();

  /// A mail that was taken.
  ///
  /// @param events the ids of the events that it tells
  record Mail(String messageId, String user, List<String> events) {}

  /// A push that was taken.
  ///
  /// @param digest its digest and its device
  record Push(String digest, String user) {}

  Outside() {
    // It complains of every connection that dies, and here they die by the dozen.
    ((Logger) LoggerFactory.getLogger("org.subethamail")).setLevel(Level.ERROR);
    smtp.onMail(mail -> {
      mails.add(mail(mail));
      new CompletableFuture<Void>()
          .completeOnTimeout(null, SLOWNESS.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    });
    fcm.onPush(push -> pushes.add(push(push)));
  }

  /// All so far.
  List<Mail> mails() {
    return List.copyOf(mails);
  }

  /// All so far.
  List<Push> pushes() {
    return List.copyOf(pushes);
  }

  /// By the part that is plain text: it quotes each event once.
  private static Mail mail(ReceivedMail mail) {
    String text = mail.text();
    int from = text.indexOf("Content-Type: text/plain");
    int to = text.indexOf("Content-Type: text/html");
    if (from < 0 || to < from) {
      throw new IllegalStateException(
          "expected a part of plain text before HTML, but found " + text);
    }
    return new Mail(
        only(MESSAGE_ID, text),
        mail.to().substring(0, mail.to().indexOf('@')),
        QUOTED.matcher(text.substring(from, to)).results().map(MatchResult::group).toList());
  }

  private static Push push(ReceivedPush push) {
    return new Push(only(DIGEST_ID, push.json()) + " to " + push.token(), push.token());
  }

  private static String only(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("expected " + pattern + ", but found " + text));
  }

  /// Makes a server's configuration send here. Leases last for a second there, and timeouts less.
  String yaml() {
    return """
    delivery:
      smtp:
        host: %s
        port: %d
        starttls: off
        timeout: 900ms
      fcm:
        - base-url: %s
          project: %s
          bearer: %s
          timeout: 900ms
    """
        .formatted(smtp.host(), smtp.port(), fcm.baseUrl(), fcm.project(), fcm.bearer());
  }

  @Override
  public void close() {
    smtp.close();
    fcm.close();
  }
}
