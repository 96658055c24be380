package dev.whileaway.ops.replay;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The rules of a trace, once more: a plain model that shares no code with the product, to be held
/// against the replay. It keeps nothing packed, leased or sharded, and looks at every backlog in
/// every second that matters.
final class TraceModel {

  /// What `replay --policy` may change; times in seconds, the night in local hours.
  record Rules(
      Map<Integer, Long> windows,
      Set<Integer> urgent,
      long escalation,
      long onlineRetry,
      int nightFrom,
      int nightTo,
      boolean push,
      boolean email,
      long recent,
      long web,
      long app) {
    static final Rules STANDARD =
        new Rules(
            Map.of(1, 1800L, 2, 1800L, 3, 1800L, 4, 1800L),
            Set.of(4),
            600,
            300,
            23,
            8,
            true,
            true,
            1800,
            900,
            900);
  }

  private record Person(String locale, ZoneId zone, int devices, boolean email) {}

  private record Event(String sender, int type) {}

  private record Line(long at, long user, String channel, String json) {}

  private static final class Backlog {
    final List<Event> events = new ArrayList<>();
    long dueAt;
    boolean pushSent;
  }

  private final Rules rules;
  private final Map<String, Person> people = new HashMap<>();
  private final Map<String, Backlog> backlogs = new TreeMap<>();
  private final Map<String, Long> lastWeb = new HashMap<>();
  private final Map<String, Long> lastApp = new HashMap<>();
  private final Set<String> connected = new HashSet<>();
  private final Set<String> forgotten = new HashSet<>();
  private final List<Line> log = new ArrayList<>();

  private TraceModel(Rules rules) {
    this.rules = rules;
  }

  /// The send log of a trace's lines (without the header).
  static String play(List<String> lines, Rules rules) {
    var model = new TraceModel(rules);
    int next = 0;
    while (next < lines.size() || !model.backlogs.isEmpty()) {
      long now = model.nextDue();
      if (next < lines.size()) {
        now = Math.min(now, at(lines.get(next)));
      }
      while (next < lines.size() && at(lines.get(next)) == now) {
        model.act(now, lines.get(next++).split(",", -1));
      }
      for (String user : List.copyOf(model.backlogs.keySet())) {
        if (model.backlogs.get(user).dueAt <= now) {
          model.handle(now, user, model.backlogs.get(user));
        }
      }
    }
    return model.sorted();
  }

  private static long at(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(',')));
  }

  private long nextDue() {
    return backlogs.values().stream().mapToLong(b -> b.dueAt).min().orElse(Long.MAX_VALUE);
  }

  private void act(long now, String[] line) {
    String user = line[2];
    switch (line[1]) {
      case "profile" -> {
        people.put(
            user,
            new Person(
                line[3], ZoneId.of(line[4]), Integer.parseInt(line[5]), line[6].equals("1")));
      }
      case "visit" -> {
        touch(now, user, line[3]);
        backlogs.remove(user);
      }
      case "view" -> {
        touch(now, user, line[3]);
        Set<String> shown = Set.of(line[4].split("\\|"));
        Backlog backlog = backlogs.get(user);
        if (backlog != null) {
          backlog.events.removeIf(event -> shown.contains("" + event.type));
          if (backlog.events.isEmpty()) {
            backlogs.remove(user);
          }
        }
      }
      case "touch" -> touch(now, user, line[3]);
      case "connect" -> {
        lastApp.put(user, now);
        connected.add(user);
      }
      case "disconnect" -> connected.remove(user);
      case "report" -> report(now, user, new Event(line[3], Integer.parseInt(line[4])));
      case "forget" -> {
        backlogs.remove(user);
        people.remove(user);
        lastWeb.remove(user);
        lastApp.remove(user);
        connected.remove(user);
        forgotten.add(user);
      }
      default -> throw new IllegalArgumentException(line[1]);
    }
  }

  private void touch(long now, String user, String surface) {
    (surface.equals("web") ? lastWeb : lastApp).put(user, now);
  }

  private void report(long now, String user, Event event) {
    boolean urgent = rules.urgent.contains(event.type);
    Backlog backlog = backlogs.get(user);
    if (backlog == null) {
      backlog = new Backlog();
      backlog.dueAt = urgent ? now : now + rules.windows.get(event.type);
      backlogs.put(user, backlog);
    } else if (urgent) {
      backlog.dueAt = Math.min(backlog.dueAt, now);
      backlog.pushSent = false;
    }
    backlog.events.add(event);
  }

  private void handle(long now, String user, Backlog backlog) {
    backlog.events.removeIf(event -> forgotten.contains(event.sender));
    Person person = people.getOrDefault(user, new Person("en", ZoneId.of("UTC"), 0, false));
    if (backlog.events.isEmpty()) {
      backlogs.remove(user);
    } else if (online(now, user)) {
      backlog.dueAt = now + rules.onlineRetry;
    } else if (rules.push && !backlog.pushSent && person.devices > 0) {
      String head =
          "{\"at\":%d,\"channel\":\"push\",\"devices\":%d,\"events\":%d,\"silent\":%b,"
              .formatted(now, person.devices, backlog.events.size(), night(now, person.zone));
      log.add(new Line(now, Long.parseLong(user), "push", head + types(backlog, user)));
      backlog.pushSent = true;
      backlog.dueAt = now + rules.escalation;
    } else {
      if (rules.email && person.email) {
        String head =
            "{\"at\":%d,\"channel\":\"email\",\"events\":%d,\"locale\":\"%s\","
                .formatted(now, backlog.events.size(), person.locale);
        log.add(new Line(now, Long.parseLong(user), "email", head + types(backlog, user)));
      }
      backlogs.remove(user);
    }
  }

  private boolean night(long now, ZoneId zone) {
    int hour = Instant.ofEpochSecond(now).atZone(zone).getHour();
    return rules.nightFrom > rules.nightTo
        ? hour >= rules.nightFrom || hour < rules.nightTo
        : hour >= rules.nightFrom && hour < rules.nightTo;
  }

  private boolean online(long now, String user) {
    long never = Long.MIN_VALUE / 2;
    long web = lastWeb.getOrDefault(user, never);
    long app = lastApp.getOrDefault(user, never);
    if (now - Math.max(web, app) >= rules.recent) {
      return false;
    }
    return web >= app ? now - web < rules.web : now - app < rules.app && connected.contains(user);
  }

  private static String types(Backlog backlog, String user) {
    var counts = new TreeMap<String, Integer>();
    var senders = new HashMap<String, Set<String>>();
    for (Event event : backlog.events) {
      String type = "" + event.type;
      counts.merge(type, 1, Integer::sum);
      senders.computeIfAbsent(type, _ -> new HashSet<>()).add(event.sender);
    }
    var parts = new ArrayList<String>();
    counts.forEach(
        (type, n) -> parts.add("\"%s\":[%d,%d]".formatted(type, n, senders.get(type).size())));
    return "\"types\":{%s},\"user\":\"%s\"}".formatted(String.join(",", parts), user);
  }

  private String sorted() {
    log.sort((a, b) ->
        a.at != b.at
            ? Long.compare(a.at, b.at)
            : a.user != b.user ? Long.compare(a.user, b.user) : a.channel.compareTo(b.channel));
    var text = new StringBuilder();
    log.forEach(line -> text.append(line.json).append('\n'));
    return text.toString();
  }
}
