package dev.whileaway.templates;

import dev.whileaway.templates.token.UserLinks;
import dev.whileaway.templates.token.UserLinks.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Renders by the rules, texts and layouts of one folder. Immutable.
final class StandardRenderer implements Renderer {

  /// Gmail clips a mail near 102 KB and hides the rest, the footer with it.
  static final int HTML_BYTES_MAX = 100_000;

  static final int SUBJECT_GRAPHEMES_MAX = 120;
  static final int SUBJECT_BYTES_MAX = 480;

  // A provider takes 4 KB of payload; escaped as \\uXXXX a text may grow threefold, and the
  // envelope needs room too.
  static final int TITLE_GRAPHEMES_MAX = 60;
  static final int TITLE_BYTES_MAX = 200;
  static final int BODY_GRAPHEMES_MAX = 170;
  static final int BODY_BYTES_MAX = 600;
  static final int LINK_CHARS_MAX = 512;

  private final DigestRules rules;
  private final Languages languages;
  private final Layouts layouts;
  private final Optional<UserLinks> links;
  private final int rowsMax;

  /// @param links not set: mails lead to the product's own pages
  StandardRenderer(
      DigestRules rules, Languages languages, Layouts layouts, Optional<UserLinks> links) {
    this.rules = rules;
    this.languages = languages;
    this.layouts = layouts;
    this.links = links;
    this.rowsMax =
        rules.types().values().stream().mapToInt(DigestRules.TypeRules::rows).max().orElse(0);
  }

  /// The same in these languages.
  StandardRenderer in(Languages others) {
    return new StandardRenderer(rules, others, layouts, links);
  }

  @Override
  public PushText push(DigestContent content) {
    DigestContent digest = told(content);
    Map<String, String> said = new Wording(rules, languages.texts(digest.locale()), digest).push();
    return new PushText(
        PlainText.cut(said.getOrDefault("title", ""), TITLE_GRAPHEMES_MAX, TITLE_BYTES_MAX),
        PlainText.cut(said.getOrDefault("body", ""), BODY_GRAPHEMES_MAX, BODY_BYTES_MAX),
        PlainText.cut(said.getOrDefault("long", ""), BODY_GRAPHEMES_MAX, BODY_BYTES_MAX),
        pushLink(digest),
        (int) Math.min(digest.events(), Integer.MAX_VALUE));
  }

  private String pushLink(DigestContent digest) {
    String app = rules.product().app();
    String link =
        digest.groups().size() == 1
            ? Links.ofGroup(rules, digest, digest.groups().getFirst(), app)
            : Links.of(app, rules.product().home(), digest, "");
    return link.length() <= LINK_CHARS_MAX ? link : "";
  }

  @Override
  public MailText mail(DigestContent content) {
    DigestContent digest = told(content);
    Texts texts = languages.texts(digest.locale());
    var view = new MailView(rules, texts, digest, links);
    Layouts.Pair layout = layouts.of(layoutName(digest), texts.language());
    // Long names and quotations make rows large: fewer of them then, so that the footer is seen.
    for (int rows = rowsMax; ; rows /= 2) {
      Map<String, Object> built = view.build(rows);
      String html = layout.html().render(built, texts.language());
      if (rows == 0 || html.getBytes(StandardCharsets.UTF_8).length <= HTML_BYTES_MAX) {
        return new MailText(
            subject(built),
            html,
            layout.text().render(built, texts.language()),
            oneClick(digest),
            texts.language());
      }
    }
  }

  private String oneClick(DigestContent digest) {
    return links.map(some -> some.of(digest.recipient().id(), Scope.UNSUBSCRIBE)).orElse("");
  }

  /// All that the layouts of a digest's mail may name.
  Map<String, Object> view(DigestContent digest) {
    return new MailView(rules, languages.texts(digest.locale()), digest, links).build(rowsMax);
  }

  String layoutName(DigestContent digest) {
    return digest.groups().size() > 1
        ? Layouts.GROUPED
        : rules.of(digest.groups().getFirst().type()).layout();
  }

  private static String subject(Map<String, Object> view) {
    String subject = view.get("mail") instanceof Map<?, ?> mail ? mail.get("subject") + "" : "";
    return PlainText.cut(subject, SUBJECT_GRAPHEMES_MAX, SUBJECT_BYTES_MAX);
  }

  /// Groups without events are left out; a digest without any is never told (TRAPS 28).
  private static DigestContent told(DigestContent digest) {
    List<DigestContent.Group> groups =
        digest.groups().stream().filter(group -> group.events() > 0).toList();
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one event to tell, but found none in digest " + digest.digestId());
    }
    return new DigestContent(
        digest.digestId(), digest.recipient(), digest.locale(), digest.zone(), digest.at(), groups);
  }
}
