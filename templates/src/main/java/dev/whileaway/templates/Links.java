package dev.whileaway.templates;

import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.templates.DigestRules.TypeRules;
import java.util.Map;

/// Where a digest leads.
final class Links {

  private Links() {}

  static String of(String base, Link link, DigestContent digest, String sender) {
    return link.under(
        base,
        Map.of(
            "recipient", digest.recipient().id(), "digest", digest.digestId(), "sender", sender));
  }

  /// To the one sender, if there is one; else to all events of the type.
  static String ofGroup(DigestRules rules, DigestContent digest, Group group, String base) {
    TypeRules type = rules.of(group.type());
    String sender = group.items().isEmpty() ? "" : group.items().getFirst().sender().id();
    return group.senders() <= 1 && !sender.isEmpty()
        ? of(base, type.linkToOne(), digest, sender)
        : of(base, type.link(), digest, "");
  }
}
