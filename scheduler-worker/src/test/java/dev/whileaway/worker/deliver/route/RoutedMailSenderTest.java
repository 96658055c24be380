package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.templates.MailText;
import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Place;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.Reservation.Refused.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What one receiving domain does to the mails for the others: nothing (TRAPS 33).
class RoutedMailSenderTest {

  private static final int CONNECTIONS = 4;
  private static final Outcome ACCEPTED = new Outcome.Accepted("", "");
  private static final Outcome STRAINED =
      new Outcome.RetryAfter(Duration.ofMinutes(5), Trouble.STRAIN, "421 4.7.0 Too much");

  private final ManualClock clock = ManualClock.at("2026-03-02T12:00:00Z");
  private final Map<String, Outcome> byAddress = new HashMap<>();
  private final RoutedMailSender sender =
      new RoutedMailSender(
          new Scripted(),
          RouteRules.mail(CONNECTIONS, PerDomain.of(CONNECTIONS)),
          new Route.Surroundings(new Shares(100), clock, new Random(1), _ -> {}));

  private final class Scripted implements MailSender {

    @Override
    public Outcome send(Mail mail) {
      return byAddress.getOrDefault(mail.toAddress(), ACCEPTED);
    }

    @Override
    public Reservation reserve(Mail mail) {
      return Reservation.free(() -> send(mail));
    }

    @Override
    public void close() {}
  }

  @Test
  void strainedDomain_rests_longerEachTime_whileOthersGoOn() throws Exception {
    byAddress.put("a@busy.example", STRAINED);

    for (int rest : new int[] {10, 20, 40}) {
      assertThat(send("a@busy.example")).isEqualTo(STRAINED);
      clock.advance(Duration.ofSeconds(rest - 3));
      assertThat(reserve("b@BUSY.example")).isInstanceOf(Refused.class);
      assertThat(send("c@calm.example")).isEqualTo(ACCEPTED);
      clock.advance(Duration.ofSeconds(3));
    }
    assertThat(send("b@busy.example")).isEqualTo(ACCEPTED);
    assertThat(send("a@busy.example")).isEqualTo(STRAINED);
    clock.advance(Duration.ofSeconds(10));
    assertThat(send("b@busy.example")).isEqualTo(ACCEPTED);
  }

  @Test
  void domainThatRefusesUsAltogether_isBanned_aloneAndWithNoAddressLost() throws Exception {
    byAddress.put("a@strict.example", new Outcome.Rejected("550 5.7.1 Not from you"));
    for (int i = 0; i < 20; i++) {
      send("a@strict.example");
    }

    assertThat(reserve("b@strict.example"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.cause()).isEqualTo(Cause.BANNED));
    assertThat(send("c@calm.example")).isEqualTo(ACCEPTED);
    assertThat(sender.domains()).isEqualTo(new RoutedMailSender.Domains(2, 0, 1));
  }

  @Test
  void domainThatStandsStill_neverHoldsAllConnections() throws Exception {
    var held = new HashMap<Integer, Place>();
    for (int i = 0; reserve("a@slow.example") instanceof Place place; i++) {
      held.put(i, place);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(held).hasSizeBetween(1, CONNECTIONS - 1);
    assertThat(send("c@calm.example")).isEqualTo(ACCEPTED);
    held.values().forEach(Place::close);
  }

  private Outcome send(String address) throws InterruptedException {
    try (var place = (Place) reserve(address)) {
      return place.send(Instant.MAX);
    }
  }

  private Reservation reserve(String address) throws InterruptedException {
    return sender.reserve(new Mail("digest-1", address, "", new MailText("", "", "")));
  }
}
