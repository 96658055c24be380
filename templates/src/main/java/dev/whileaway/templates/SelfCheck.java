package dev.whileaway.templates;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.DigestRules.TypeRules;
import io.pebbletemplates.pebble.error.PebbleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Renders sample data in every language by every layout, so that a layout that names what is not
/// there is found at load, not in the night.
final class SelfCheck {

  private final DigestRules rules;
  private final StandardRenderer renderer;
  private final Layouts layouts;

  SelfCheck(DigestRules rules, StandardRenderer renderer, Layouts layouts) {
    this.rules = rules;
    this.renderer = renderer;
    this.layouts = layouts;
  }

  void run(Problems problems) {
    for (Locale language : rules.languages()) {
      for (DigestContent digest : digests(language)) {
        problems.attempt(() -> check(digest, language));
      }
    }
  }

  private void check(DigestContent digest, Locale language) throws TemplateException {
    String name = renderer.layoutName(digest);
    renderer.push(digest);
    MailText mail = mail(digest, layouts.of(name, language), language);
    requireLinks(name, digest, mail);
    int bytes = mail.html().getBytes(UTF_8).length;
    if (bytes > StandardRenderer.HTML_BYTES_MAX) {
      throw TemplateException.at(
          "layouts/" + name + ".mjml",
          1,
          "a page of at most " + StandardRenderer.HTML_BYTES_MAX + " bytes without rows",
          bytes + " for digest " + digest.digestId());
    }
  }

  /// A mail that its reader cannot end is reported as spam instead.
  private void requireLinks(String layout, DigestContent digest, MailText mail)
      throws TemplateException {
    var view = renderer.view(digest);
    for (String link : List.of("unsubscribe_url", "preferences_url")) {
      String url = String.valueOf(view.get(link));
      if (!mail.text().contains(url)) {
        throw TemplateException.at("layouts/" + layout + ".txt", 1, "{{ " + link + " }}", "none");
      }
      if (!mail.html().contains(url.replace("&", "&amp;"))) {
        throw TemplateException.at(
            "layouts/" + layout + ".mjml", 1, "a link to {{ " + link + " }}", "none");
      }
    }
  }

  /// What cannot be filled is looked for in the layout as it was written, whose lines a person can
  /// find: what is filled is the compiled page, whose lines nobody has seen.
  private MailText mail(DigestContent digest, Layouts.Pair layout, Locale language)
      throws TemplateException {
    try {
      return renderer.mail(digest);
    } catch (PebbleException e) {
      var view = renderer.view(digest);
      layout.html().check(view, language);
      layout.text().check(view, language);
      throw e;
    }
  }

  private List<DigestContent> digests(Locale language) {
    var digests = new ArrayList<>(Samples.of(rules.catalogue(), language).values());
    for (TypeRules type : rules.types().values()) {
      digests.add(digest(language, List.of(pictured(type.type(), language))));
      digests.add(digest(language, List.of(new Group(type.type(), 3, 2, List.of()))));
    }
    return digests;
  }

  /// One event, with nothing said and a picture.
  private static Group pictured(EventType type, Locale language) {
    Item item = Samples.group(type, 1, 1, language).items().getFirst();
    Person sender = item.sender();
    var pictured =
        new Person(sender.id(), sender.name(), "https://example.com/p.jpg", sender.gender());
    return new Group(type, 1, 1, List.of(new Item(pictured, "", item.at())));
  }

  private static DigestContent digest(Locale language, List<Group> groups) {
    return Samples.digest("self-check", language, Samples.recipient(language), groups);
  }
}
