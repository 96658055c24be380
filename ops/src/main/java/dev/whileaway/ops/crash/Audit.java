package dev.whileaway.ops.crash;

import dev.whileaway.ops.crash.Finding.Kind;
import dev.whileaway.ops.crash.Outside.Mail;
import dev.whileaway.ops.crash.Outside.Push;
import dev.whileaway.ops.crash.Story.End;
import dev.whileaway.ops.crash.Story.Fate;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares three memories: what the driver was acknowledged, what the ledgers say, and what the
/// providers received. Pure.
///
/// Of each acknowledged event the store must know exactly one end. What the ledger calls told was
/// received, once; what was received is told, unknown, or cleared while it was being sent.
final class Audit {

  private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
  private final List<Finding> findings = new ArrayList<>();

  private Audit() {}

  /// @param fates how many acknowledged events ended how
  record Result(Map<Fate, Long> fates, List<Finding> findings) {}

  /// @param stories by user; every user of the other three must be there
  static Result of(
      Collection<Event> acknowledged,
      Map<String, Story> stories,
      Collection<Mail> mails,
      Collection<Push> pushes) {
    var audit = new Audit();
    audit.twice(mails, Mail::messageId, Mail::user);
    audit.twice(pushes, Push::digest, Push::user);
    Map<String, List<Event>> events = by(acknowledged, Event::getRecipient);
    Map<String, List<Mail>> mailsOf = by(mails, Mail::user);
    Map<String, List<Push>> pushesOf = by(pushes, Push::user);
    stories.forEach((user, story) -> {
      audit.ends(user, story, events.getOrDefault(user, List.of()));
      audit.mails(user, story, mailsOf.getOrDefault(user, List.of()));
      audit.pushes(user, story, pushesOf.getOrDefault(user, List.of()).size());
    });
    return new Result(audit.fates, List.copyOf(audit.findings));
  }

  private static <T> Map<String, List<T>> by(Collection<T> all, Function<T, String> key) {
    return all.stream().collect(Collectors.groupingBy(key));
  }

  private <T> void twice(
      Collection<T> sends, Function<T, String> digest, Function<T, String> user) {
    var seen = new HashSet<String>();
    for (T send : sends) {
      if (!seen.add(digest.apply(send))) {
        find(Kind.TOLD_TWICE, user.apply(send), "", "digest received twice: " + send);
      }
    }
  }

  private void ends(String user, Story story, List<Event> acknowledged) {
    var unexpected = new HashSet<>(story.ends().keySet());
    for (Event event : acknowledged) {
      String id = event.getEventId();
      unexpected.remove(id);
      List<End> ends = story.endsOf(id);
      switch (ends.size()) {
        case 0 -> find(Kind.LOST, user, id, "acknowledged, and unknown to the store");
        case 1 -> fates.merge(ends.getFirst().fate(), 1L, Long::sum);
        default -> find(Kind.DISAGREEMENT, user, id, "expected one end, but found " + ends);
      }
    }
    unexpected.forEach(
        id -> find(Kind.DISAGREEMENT, user, id, "known to the store, and never acknowledged"));
  }

  private void mails(String user, Story story, List<Mail> received) {
    List<Telling> tellings = story.tellings(Channel.CHANNEL_EMAIL);
    toldTwice(user, "the ledger's mails", tellings.stream().map(Telling::events).toList());
    toldTwice(
        user, "mails received", received.stream().map(mail -> Set.copyOf(mail.events())).toList());
    received.forEach(mail -> mail(user, story, tellings, mail));
    Set<String> inMails =
        received.stream().flatMap(mail -> mail.events().stream()).collect(Collectors.toSet());
    tellings.stream()
        .filter(Telling::certain)
        .flatMap(telling -> telling.events().stream())
        .filter(event -> !inMails.contains(event))
        .forEach(event -> find(Kind.LOST, user, event, "told by the ledger, and in no mail"));
  }

  /// What a mail told, one telling of the ledger covers, but for what was cleared after it began.
  private void mail(String user, Story story, List<Telling> tellings, Mail mail) {
    List<Telling> covering =
        tellings.stream()
            .filter(telling -> mail.events().stream().anyMatch(telling.events()::contains))
            .toList();
    if (covering.size() > 1) {
      find(Kind.DISAGREEMENT, user, "", "expected one mail of " + covering + ", but found " + mail);
    }
    long begunAt = covering.stream().mapToLong(Telling::begunAtMillis).max().orElse(0);
    for (String event : mail.events()) {
      boolean covered = covering.stream().anyMatch(telling -> telling.events().contains(event));
      if (!covered && !clearedSince(story.endsOf(event), begunAt)) {
        find(
            Kind.DISAGREEMENT,
            user,
            event,
            "expected it told, unknown, or cleared since %d, but found %s, and it in %s"
                .formatted(begunAt, story.endsOf(event), mail));
      }
    }
  }

  private static boolean clearedSince(List<End> ends, long begunAtMillis) {
    return ends.stream()
        .anyMatch(end -> end.fate() == Fate.CLEARED && end.atMillis() >= begunAtMillis);
  }

  private void pushes(String user, Story story, int received) {
    List<Telling> tellings = story.tellings(Channel.CHANNEL_PUSH);
    toldTwice(user, "the ledger's pushes", tellings.stream().map(Telling::events).toList());
    long certain = tellings.stream().filter(Telling::certain).count();
    if (received < certain || received > tellings.size()) {
      find(
          received < certain ? Kind.LOST : Kind.DISAGREEMENT,
          user,
          "",
          "expected %d to %d pushes by the ledger, but found %d received"
              .formatted(certain, tellings.size(), received));
    }
  }

  private void toldTwice(String user, String where, List<Set<String>> digests) {
    var seen = new HashSet<String>();
    for (Set<String> digest : digests) {
      for (String event : digest) {
        if (!seen.add(event)) {
          find(Kind.TOLD_TWICE, user, event, "in two of " + where);
        }
      }
    }
  }

  private void find(Kind kind, String user, String event, String text) {
    findings.add(new Finding(kind, user, event, text));
  }
}
