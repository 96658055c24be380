package dev.whileaway.ops.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.whileaway.testkit.push.FakeFcm;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.ReceivedMail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private static final Pattern QUOTED = Pattern.compile("ev\\d{6}");
  private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: (\\S+)\r?$");
  private static final Pattern DIGEST_ID = Pattern.compile("\"digest_id\":\"(\\w+)\"");

  private final FakeSmtpServer smtp = FakeSmtpServer.builder().keep(100_000).start();
  private final FakeFcm fcm = FakeFcm.start();

  Outside() {
    // It complains of every connection that dies, and here they die by the dozen.
    ((Logger) LoggerFactory.getLogger("org.subethamail")).setLevel(Level.ERROR);
    smtp.onMail(mail ->
        new CompletableFuture<Void>()
            .completeOnTimeout(null, SLOWNESS.toMillis(), TimeUnit.MILLISECONDS)
            .join());
  }

  List<ReceivedMail> mails() {
    return smtp.messages();
  }

  List<ReceivedPush> pushes() {
    return fcm.pushes();
  }

  /// The events that a mail tells, by the part that is plain text: it quotes each once.
  static List<String> told(ReceivedMail mail) {
    String text = mail.text();
    int from = text.indexOf("Content-Type: text/plain");
    int to = text.indexOf("Content-Type: text/html");
    if (from < 0 || to < from) {
      throw new AssertionError("expected a part of plain text before HTML, but found " + text);
    }
    return QUOTED.matcher(text.substring(from, to)).results().map(MatchResult::group).toList();
  }

  static String messageId(ReceivedMail mail) {
    return only(MESSAGE_ID, mail.text());
  }

  /// The digest and its device.
  static String digest(ReceivedPush push) {
    return only(DIGEST_ID, push.json()) + " to " + push.token();
  }

  private static String only(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected " + pattern + ", but found " + text));
  }

  String yaml() {
    return """
    delivery:
      smtp:
        host: %s
        port: %d
        starttls: off
      fcm:
        - base-url: %s
          project: %s
          bearer: %s
    """
        .formatted(smtp.host(), smtp.port(), fcm.baseUrl(), fcm.project(), fcm.bearer());
  }

  @Override
  public void close() {
    smtp.close();
    fcm.close();
  }
}
