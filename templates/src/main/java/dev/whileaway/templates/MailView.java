package dev.whileaway.templates;

import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestContent.Item;
import dev.whileaway.templates.DigestRules.Product;
import dev.whileaway.templates.DigestRules.TypeRules;
import dev.whileaway.templates.token.UserLinks;
import dev.whileaway.templates.token.UserLinks.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the layouts of a mail may name: maps, lists and strings, nothing with methods.
///
/// - `lang`, `direction` (`ltr` or `rtl`), `start` and `end` (`left` or `right`): how the language
///   runs
/// - `mail`: subject, preheader, heading, lead
/// - `product`: name, url, accent
/// - `button`: text, url
/// - `sections`: title, url, more, rows; `more` is empty if every event has its row
/// - a row: name, initials, picture (may be empty), tint, excerpt (may be empty), line, time, url,
///   data (the members that the type declares)
/// - `labels`: the texts below that key
/// - `preferences_url`, `unsubscribe_url`
final class MailView {

  /// Behind white initials; each has a contrast of 4.5 or more with white.
  private static final List<String> TINTS =
      List.of("#4f5bd5", "#0f766e", "#b4456a", "#9a5b13", "#7b4bc4", "#3f6f8f", "#5f7a2b");

  private static final Pattern NUMBER_AND_NOUN = Pattern.compile("(?<=\\p{Nd}) (?=\\p{L})");

  private final DigestRules rules;
  private final Texts texts;
  private final DigestContent digest;
  private final Optional<UserLinks> links;
  private final Wording wording;
  private final LocalTimes times;

  MailView(DigestRules rules, Texts texts, DigestContent digest, Optional<UserLinks> links) {
    this.links = links;
    this.rules = rules;
    this.texts = texts;
    this.digest = digest;
    this.wording = new Wording(rules, texts, digest);
    this.times = new LocalTimes(digest, texts);
  }

  /// @param rowsMax in each section, below what the type itself allows
  Map<String, Object> build(int rowsMax) {
    Product product = rules.product();
    var view = new HashMap<String, Object>();
    Map<String, String> mail = wording.mail();
    mail.replaceAll((field, text) -> field.equals("subject") ? text : unbroken(text));
    putDirection(view);
    view.put("mail", mail);
    view.put(
        "product",
        Map.of("name", product.name(), "url", url(product.home(), ""), "accent", product.accent()));
    view.put("button", Map.of("text", wording.button(), "url", buttonUrl()));
    view.put("sections", digest.groups().stream().map(group -> section(group, rowsMax)).toList());
    view.put("labels", wording.labels());
    view.put("preferences_url", userUrl(Scope.PREFERENCES, product.preferences()));
    view.put("unsubscribe_url", userUrl(Scope.UNSUBSCRIBE, product.unsubscribe()));
    return view;
  }

  private void putDirection(Map<String, Object> view) {
    boolean rightToLeft = texts.isRightToLeft();
    view.put("lang", texts.language().toLanguageTag());
    view.put("direction", rightToLeft ? "rtl" : "ltr");
    view.put("start", rightToLeft ? "right" : "left");
    view.put("end", rightToLeft ? "left" : "right");
  }

  private String buttonUrl() {
    return digest.groups().size() > 1
        ? url(rules.product().home(), "")
        : Links.ofGroup(rules, digest, digest.groups().getFirst(), rules.product().web());
  }

  private Map<String, Object> section(Group group, int rowsMax) {
    TypeRules type = rules.of(group.type());
    var rows = new ArrayList<Map<String, Object>>();
    for (Item item : group.items()) {
      if (rows.size() == Math.min(rowsMax, type.rows())) {
        break;
      }
      rows.add(row(group, type, item));
    }
    long hidden = group.events() - rows.size();
    return Map.of(
        "title",
        unbroken(wording.section(group)),
        "url",
        url(type.link(), ""),
        "more",
        hidden > 0 && !rows.isEmpty() ? unbroken(wording.more(group, hidden)) : "",
        "rows",
        rows);
  }

  private Map<String, Object> row(Group group, TypeRules type, Item item) {
    Map<String, String> data = EventData.of(item.data(), type);
    Person sender = item.sender();
    String name = wording.name(sender);
    return Map.of(
        "name", wording.isolated(name),
        "initials", PlainText.initials(name),
        "picture", Link.isPicture(sender.pictureUrl()) ? sender.pictureUrl() : "",
        "tint", TINTS.get(Math.floorMod(sender.id().hashCode() * 31, TINTS.size())),
        "excerpt", wording.isolated(data.getOrDefault(type.excerpt(), "")),
        "line", wording.row(group, item, data),
        "time", times.of(item.at()),
        "url", sender.id().isEmpty() ? url(type.link(), "") : url(type.linkToOne(), sender.id()),
        "data", data);
  }

  /// A number and its noun stay on one line.
  private static String unbroken(String text) {
    return NUMBER_AND_NOUN.matcher(text).replaceAll("\u00A0");
  }

  /// Ours, if there are such; else the product's.
  private String userUrl(Scope scope, Link product) {
    return links
        .map(some -> some.of(digest.recipient().id(), scope))
        .orElseGet(() -> url(product, ""));
  }

  private String url(Link link, String sender) {
    return Links.of(rules.product().web(), link, digest, sender);
  }
}
