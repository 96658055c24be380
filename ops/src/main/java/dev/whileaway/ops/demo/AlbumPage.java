package dev.whileaway.ops.demo;

import java.util.List;
import java.util.stream.Collectors;

/// The page over an [Album].
final class AlbumPage {

  /// Beyond these the page only counts; the files are all there.
  private static final int SHOWN_MAX = 400;

  private AlbumPage() {}

  /// @param name of its files, without the ending
  record Mail(String name, String to, String subject) {}

  /// @param name of its file, without the ending
  record Push(String name, String provider, String title, String body) {}

  static String html(Tally tally, List<Mail> mails, List<Push> pushes) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Whileaway demo</title>
    <style>
      :root { color-scheme: light dark; --line: #8884; --card: #8881; }
      body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; padding: 24px; max-width: 1280px; }
      h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 28px 0 8px; }
      p { margin: 0; opacity: .75; }
      .figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0 0; padding: 0; }
      .figures div { background: var(--card); border-radius: 10px; padding: 10px 16px; }
      .figures b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; }
      .mails { display: grid; grid-template-columns: minmax(220px, 1fr) 2fr; gap: 16px; height: 75vh; }
      .list { overflow: auto; border: 1px solid var(--line); border-radius: 10px; }
      .list a { display: block; padding: 8px 12px; color: inherit; text-decoration: none; border-bottom: 1px solid var(--line); }
      .list a:hover, .list a:focus { background: var(--card); }
      small { opacity: .65; }
      iframe { width: 100%%; height: 100%%; border: 1px solid var(--line); border-radius: 10px; background: #fff; }
      .pushes { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 12px; }
      .pushes a { background: var(--card); border-radius: 14px; padding: 10px 14px; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
      @media (max-width: 700px) { .mails { grid-template-columns: 1fr; grid-template-rows: 30vh 60vh; height: auto; } }
    </style>
    <h1>While they were away</h1>
    <p>Two days of a real community, played in a minute: what arrived at the mail server and at the push providers.</p>
    <div class="figures">
      <div><b>%,d</b>events reported</div>
      <div><b>%,d</b>cleared by visits</div>
      <div><b>%,d</b>deferred: online</div>
      <div><b>%,d</b>pushes</div>
      <div><b>%,d</b>mails</div>
      <div><b>%.0f ms</b>due → accepted, p50</div>
      <div><b>%.0f ms</b>due → accepted, p99</div>
    </div>
    <h2>Mails%s</h2>
    <div class="mails">
      <nav class="list">
    %s
      </nav>
      <iframe name="mail" title="mail" src="%s"></iframe>
    </div>
    <h2>Pushes%s</h2>
    <div class="pushes">
    %s
    </div>
    </html>
    """
        .formatted(
            tally.events(),
            tally.cleared(),
            tally.deferredOnline(),
            tally.pushes(),
            tally.mails(),
            tally.p50Millis(),
            tally.p99Millis(),
            beyond(mails.size()),
            mails.stream().limit(SHOWN_MAX).map(AlbumPage::row).collect(Collectors.joining("\n")),
            mails.isEmpty() ? "about:blank" : mails.getFirst().name() + ".html",
            beyond(pushes.size()),
            pushes.stream()
                .limit(SHOWN_MAX)
                .map(AlbumPage::card)
                .collect(Collectors.joining("\n")));
  }

  private static String beyond(int count) {
    return count <= SHOWN_MAX ? "" : " (the first %d of %,d)".formatted(SHOWN_MAX, count);
  }

  private static String row(Mail mail) {
    return "<a href=\"%s.html\" target=\"mail\">%s<br><small>%s</small></a>"
        .formatted(mail.name(), escaped(mail.subject()), escaped(mail.to()));
  }

  private static String card(Push push) {
    String title = push.title().isEmpty() ? "" : "<b>" + escaped(push.title()) + "</b><br>";
    return "<a href=\"%s.json\">%s%s<br><small>%s</small></a>"
        .formatted(push.name(), title, escaped(push.body()), escaped(push.provider()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
