package dev.whileaway.ops.bench;

import dev.whileaway.templates.MailText;
import dev.whileaway.worker.deliver.Mail;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Digests of 40 KB to many domains. Safe for use by many threads.
final class BenchMails {

  /// So many that no domain's route is the narrow place.
  private static final int DOMAINS = 100;

  private static final String ROW =
      """
      <tr><td style="padding:12px 16px;border-bottom:1px solid #e5e7eb;font:16px/24px sans-serif">\
      <a href="https://example.com/messages/boris-%1$d" style="color:#1d4ed8;font-weight:bold;\
      text-decoration:none">Борис Пастернак</a> <span style="color:#6b7280">в 19:%1$02d</span>\
      <div style="color:#111827">Ты придёшь в субботу? Мы заняли тебе место у окна.</div></td></tr>
      """;
  private static final String LINE = "Борис Пастернак: Ты придёшь в субботу?\n";
  private static final int HTML_BYTES = 40_000;
  private static final MailText TEXT =
      new MailText(
          "Совпадение и 3 сообщения",
          html(),
          LINE.repeat(40),
          "https://mail.example.com/u/" + "A".repeat(60),
          Locale.forLanguageTag("ru"));

  private final AtomicLong number = new AtomicLong();

  Mail next() {
    long n = number.getAndIncrement();
    return new Mail(
        "digest-" + n, "user-%d@domain-%d.example".formatted(n, n % DOMAINS), "Анна", TEXT);
  }

  private static String html() {
    var html = new StringBuilder("<html lang=\"ru\"><body><table>");
    int bytes = html.length();
    for (int i = 0; bytes < HTML_BYTES; i++) {
      String row = ROW.formatted(i % 60);
      html.append(row);
      bytes += row.getBytes(StandardCharsets.UTF_8).length;
    }
    return html.append("</table></body></html>").toString();
  }
}
