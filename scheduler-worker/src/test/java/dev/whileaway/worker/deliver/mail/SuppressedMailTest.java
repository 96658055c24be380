package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.testkit.clock.ManualClock;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.SmtpBehaviour;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.file.DigestFolder;
import dev.whileaway.worker.deliver.mail.RememberedSuppressions.Added;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Suppressed addresses are never mailed, and dead mailboxes become so.
class SuppressedMailTest {

  private static final String ANNA = "anna@example.org";

  private final ManualClock clock = ManualClock.at("2026-01-31T10:15:00Z");
  private final RememberedSuppressions suppressions = new RememberedSuppressions();
  private FakeSmtpServer server;
  private SmtpMailSender sender;

  @BeforeEach
  void start() {
    server = FakeSmtpServer.start();
    sender =
        new SmtpMailSender(
            Samples.plain(server), Samples.composer(), suppressions, new FullMailboxes(clock));
  }

  @AfterEach
  void stop() {
    sender.close();
    server.close();
  }

  @Test
  void deadMailbox_isToldOnce_andNeverMailedAgain() throws Exception {
    server.when(ANNA, SmtpBehaviour.refuseRecipient(550, "5.1.1 No such user"));

    assertThat(sender.send(Samples.mailTo(ANNA))).isInstanceOf(Outcome.Unregistered.class);
    assertThat(suppressions.all())
        .containsExactly(
            new Added(
                named(ANNA),
                SuppressionReason.SUPPRESSION_REASON_BOUNCED,
                "550 5.1.1 No such user"));

    server.when(ANNA, SmtpBehaviour.ACCEPT);
    assertThat(sender.send(Samples.mailTo("Anna@EXAMPLE.org")))
        .isEqualTo(suppressed("550 5.1.1 No such user"));
    assertThat(server.count()).isZero();
    assertThat(sender.send(Samples.mailTo("boris@example.org")))
        .isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void complaintThatComesWhileTheMailHasItsPlace_stopsIt() throws Exception {
    var place = (Reservation.Place) sender.reserve(Samples.mailTo(ANNA));
    suppressions.add(named(ANNA), SuppressionReason.SUPPRESSION_REASON_COMPLAINED, "abuse");

    try (place) {
      assertThat(place.send(Instant.MAX)).isEqualTo(suppressed("abuse"));
    }
    assertThat(server.count()).isZero();
    assertThat(suppressions.all()).hasSize(1);
  }

  @Test
  void refusalThatSpeaksOfUs_suppressesNobody() throws Exception {
    server.when(ANNA, SmtpBehaviour.refuseRecipient(550, "5.7.1 Your reputation is poor"));

    assertThat(sender.send(Samples.mailTo(ANNA))).isInstanceOf(Outcome.Rejected.class);
    assertThat(suppressions.all()).isEmpty();
  }

  @Test
  void mailboxFoundFullAgainAndAgain_isTold_andNeverSuppressed() throws Exception {
    server.otherwise(SmtpBehaviour.refuseRecipient(452, "4.2.2 Mailbox full"));
    for (int i = 1; i < FullMailboxes.TIMES_TOLD; i++) {
      assertThat(sender.send(Samples.mailTo(ANNA)).detail()).isEqualTo("452 4.2.2 Mailbox full");
      clock.advance(Duration.ofDays(1));
    }

    assertThat(sender.send(Samples.mailTo("Anna@EXAMPLE.org")).detail())
        .isEqualTo("452 4.2.2 Mailbox full; its mailbox was found full 5 times since 2026-01-31");
    assertThat(suppressions.all()).isEmpty();

    server.otherwise(SmtpBehaviour.ACCEPT);
    assertThat(sender.send(Samples.mailTo(ANNA)))
        .isInstanceOfSatisfying(
            Outcome.Accepted.class, taken -> assertThat(taken.detail()).contains("full 5 times"));
    clock.advance(FullMailboxes.SPAN);
    assertThat(sender.send(Samples.mailTo(ANNA)).detail()).doesNotContain("full");
  }

  @Test
  void listOutOfReach_holdsMailsBack_andLosesNothing() throws Exception {
    suppressions.away(true);

    assertThat(sender.send(Samples.mailTo(ANNA)))
        .isEqualTo(
            new Outcome.RetryAfter(
                Duration.ofSeconds(30), "the suppression list cannot be asked: away"));
    assertThat(server.count()).isZero();

    suppressions.away(false);
    assertThat(sender.send(Samples.mailTo(ANNA))).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void rehearsalIntoFiles_keepsToTheListToo(@TempDir Path folder) throws Exception {
    suppressions.add(named(ANNA), SuppressionReason.SUPPRESSION_REASON_OPERATOR, "by hand");
    var files =
        new FileMailSender(new DigestFolder(folder, clock), Samples.composer(), suppressions);

    assertThat(files.send(Samples.mailTo(ANNA))).isEqualTo(suppressed("by hand"));
    assertThat(folder).isEmptyDirectory();
  }

  /// Not Rejected, which would speak against the receiving domain.
  private static Outcome suppressed(String why) {
    return new Outcome.Unregistered(Optional.empty(), "the address is suppressed, " + why);
  }

  private static SuppressedAddress named(String address) {
    return SuppressedAddress.newBuilder().setAddress(address).build();
  }
}
