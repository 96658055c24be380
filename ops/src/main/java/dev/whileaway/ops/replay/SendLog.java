package dev.whileaway.ops.replay;

import dev.whileaway.templates.DigestContent.Group;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.pipeline.Observer;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Writes down what is told: JSON lines with sorted keys and no spaces, ordered by time, user (as a
/// number) and channel.
final class SendLog implements Observer {

  private static final Comparator<Line> ORDER =
      Comparator.comparingLong(Line::at).thenComparingLong(Line::user).thenComparing(Line::channel);

  /// The lines of the second that is being played; an earlier second gets no more.
  private final List<Line> open = new ArrayList<>();

  private final Appendable to;

  SendLog(Appendable to) {
    this.to = to;
  }

  @Override
  public void told(Due due, Plan.Tell tell, List<Outcome> outcomes) {
    long at = due.lease().grantedAt().getEpochSecond();
    open.add(
        switch (tell) {
          case Plan.TellByPush push -> new Line(at, user(due), "push", json(at, push));
          case Plan.TellByMail mail -> new Line(at, user(due), "email", json(at, mail));
        });
  }

  /// A digest that breaks would be missing from the log: better none than a wrong one.
  @Override
  public void failed(Due due, Throwable problem) {
    throw new IllegalStateException("expected to tell user " + due.user(), problem);
  }

  /// The second is over: its lines are written.
  ///
  /// @return how many
  int endSecond() throws IOException {
    open.sort(ORDER);
    for (Line line : open) {
      to.append(line.json).append('\n');
    }
    int lines = open.size();
    open.clear();
    return lines;
  }

  private static long user(Due due) {
    return Long.parseLong(due.user());
  }

  private static String json(long at, Plan.TellByPush push) {
    return "{\"at\":%d,\"channel\":\"push\",\"devices\":%d,\"events\":%d,\"silent\":%b,%s"
        .formatted(at, push.devices().size(), push.digest().events(), push.silent(), tail(push));
  }

  private static String json(long at, Plan.TellByMail mail) {
    return "{\"at\":%d,\"channel\":\"email\",\"events\":%d,\"locale\":\"%s\",%s"
        .formatted(at, mail.digest().events(), mail.digest().locale().toLanguageTag(), tail(mail));
  }

  private static String tail(Plan.Tell tell) {
    var types = new TreeMap<String, String>();
    for (Group group : tell.digest().groups()) {
      String type = Integer.toString(group.type().id());
      types.put(type, "\"%s\":[%d,%d]".formatted(type, group.events(), group.senders()));
    }
    return "\"types\":{%s},\"user\":\"%s\"}"
        .formatted(String.join(",", types.values()), tell.digest().recipient().id());
  }

  private record Line(long at, long user, String channel, String json) {}
}
