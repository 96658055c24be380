package dev.whileaway.worker.deliver.route;

import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import dev.whileaway.worker.deliver.Way;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The mail server, by a route for each receiving domain, so that one that stands still or refuses
/// does not keep the others waiting. Mails of all domains together wait in one bounded line.
public final class RoutedMailSender implements MailSender {

  /// Beyond it the domain that was quiet for longest begins anew.
  private static final int DOMAINS_MAX = 10_000;

  private static final Duration FULL_DELAY = Duration.ofSeconds(5);

  private final MailSender sender;
  private final int waitingMax;
  private final AtomicInteger waiting = new AtomicInteger();
  private final RouteRules rules;
  private final Route.Surroundings around;
  private final Map<String, Route> byDomain =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Route> quietest) {
          return size() > DOMAINS_MAX;
        }
      };

  /// @param rules of each domain; its queue bounds all domains' together, too
  public RoutedMailSender(MailSender sender, RouteRules rules, Route.Surroundings around) {
    this.sender = sender;
    this.rules = rules;
    this.around = around;
    waitingMax = rules.queueMax();
  }

  @Override
  public Outcome send(Mail mail) throws InterruptedException {
    return sender.send(mail);
  }

  @Override
  public Reservation reserve(Mail mail) throws InterruptedException {
    int line = waiting.incrementAndGet();
    try {
      return line > waitingMax
          ? new Refused(
              Cause.FULL,
              new Outcome.RetryAfter(FULL_DELAY, Trouble.PACE, "too many mails wait already"))
          : route(mail.toAddress()).reserve(() -> sender.reserve(mail));
    } finally {
      waiting.decrementAndGet();
    }
  }

  @Override
  public Way way(String address) {
    return route(address);
  }

  /// Mails that may be asked for; zero: half of the line is taken.
  public int room() {
    return Math.max(0, waitingMax / 2 - waiting.get());
  }

  /// How many domains mails went to of late, and how they take them.
  ///
  /// @param resting left alone for a while, since they took less than they were offered
  /// @param banned refuse or fail
  public record Domains(int known, int resting, int banned) {}

  public Domains domains() {
    List<Route> routes;
    synchronized (byDomain) {
      routes = List.copyOf(byDomain.values());
    }
    var loads = routes.stream().map(Route::load).toList();
    return new Domains(
        loads.size(),
        (int) loads.stream().filter(Route.Load::resting).count(),
        (int) loads.stream().filter(Route.Load::banned).count());
  }

  /// Mails that wait for a place, of all domains.
  public int waiting() {
    return waiting.get();
  }

  @Override
  public void close() {
    sender.close();
  }

  private Route route(String address) {
    synchronized (byDomain) {
      return byDomain.computeIfAbsent(
          domain(address), domain -> new Route("e-mail to " + domain, rules, around));
    }
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
