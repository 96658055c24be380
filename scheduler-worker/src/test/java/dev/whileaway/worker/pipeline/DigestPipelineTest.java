package dev.whileaway.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.EventType;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.templates.Renderer;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Reservation;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.plan.Due;
import dev.whileaway.worker.plan.Lease;
import dev.whileaway.worker.plan.Plan;
import dev.whileaway.worker.plan.Policy;
import dev.whileaway.worker.plan.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The pipeline alone, without threads or transport: what a replay uses.
class DigestPipelineTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final List<String> story = new ArrayList<>();
  private final Deque<DigestAnswers.Begun> begun = new ArrayDeque<>();
  private Optional<Refused> refusal = Optional.empty();
  private Observer observer = Observer.NONE;
  private boolean stopping;
  private boolean settleFails;
  private boolean unsubscribed;

  private final DigestAnswers answers =
      new DigestAnswers() {
        @Override
        public Begun begin(Lease lease, Plan.Tell tell) {
          story.add("begin " + tell.digest().events());
          return begun.isEmpty() ? new Go() : begun.poll();
        }

        @Override
        public Settled settle(Lease lease, Plan.Answer answer, List<Delivery> deliveries) {
          story.add(answer.reason() + " " + deliveries.size());
          if (settleFails) {
            throw new IllegalStateException("nobody hears it");
          }
          return new Done();
        }
      };

  private final Users users =
      new Users() {
        @Override
        public Map<String, UserState> states(Set<String> asked) {
          if (asked.contains("unreadable")) {
            throw new IllegalStateException("unreadable");
          }
          return asked.stream().collect(Collectors.toMap(u -> u, DigestPipelineTest.this::known));
        }

        @Override
        public void unregisterDevice(String user, String token, Instant unlessRegisteredAfter) {}
      };

  private UserState known(String user) {
    return new UserState.Known(
        Profile.newBuilder()
            .setUser(user)
            .setEmail(user + "@example.org")
            .setPreferences(Preferences.newBuilder().setEmailOff(unsubscribed))
            .build());
  }

  private DigestPipeline pipeline() {
    EventType message =
        new EventType(1, "message", false, Duration.ofMinutes(30), Duration.ofDays(30));
    return new DigestPipeline(
        Policy.STANDARD,
        new Catalogue(List.of(message)),
        new Ports(users, _ -> Map.of("nobody", PresenceReading.NEVER), answers),
        new Telling(new Plain(), new NoPush(), new Mails(), FanOut.IN_ORDER),
        observer,
        () -> stopping);
  }

  private static Due due(String user, int events) {
    List<Due.PendingEvent> pending = new ArrayList<>();
    for (int seq = 1; seq <= events; seq++) {
      pending.add(new Due.PendingEvent(seq, "message", "bob", "hi", NOW.minusSeconds(60)));
    }
    return new Due(
        new Lease(user, 1, NOW, NOW.plusSeconds(60)),
        NOW,
        events,
        false,
        0,
        pending,
        List.of(new Due.TypeTotal("message", events, events == 0 ? 0 : 1)));
  }

  @Test
  void batch_isHandledInOrder_withoutThreads() {
    pipeline().run(List.of(due("anna", 1), due("bea", 2)));

    assertThat(story)
        .containsExactly(
            "place for anna@example.org",
            "begin 1",
            "sent to anna@example.org",
            "place given back",
            "REASON_SENT 1",
            "place for bea@example.org",
            "begin 2",
            "sent to bea@example.org",
            "place given back",
            "REASON_SENT 1");
  }

  // TRAPS 36
  @Test
  void wayIsFull_nothingBegins_andNothingIsPresumed() {
    var full = new Outcome.RetryAfter(Duration.ofSeconds(2), "full");
    refusal = Optional.of(new Refused(Refused.Cause.FULL, full));

    pipeline().attempt(due("anna", 1));

    assertThat(story).containsExactly("place for anna@example.org", "REASON_CHANNEL_BUSY 0");
  }

  @Test
  void addressThatNobodyCanReach_isADeadLetter_withoutABegin() {
    refusal =
        Optional.of(new Refused(Refused.Cause.IMPOSSIBLE, new Outcome.Rejected("no address")));

    pipeline().attempt(due("anna", 1));

    assertThat(story).containsExactly("place for anna@example.org", "REASON_FAILED 1");
  }

  @Test
  void stale_isMadeAnewWithWhatIsLeft() {
    begun.add(new DigestAnswers.Stale(due("anna", 1)));

    pipeline().attempt(due("anna", 3));

    assertThat(story)
        .containsExactly(
            "place for anna@example.org",
            "begin 3",
            "place given back",
            "place for anna@example.org",
            "begin 1",
            "sent to anna@example.org",
            "place given back",
            "REASON_SENT 1");
  }

  // TRAPS 24
  @Test
  void stale_isMadeAnewWithWhatIsKnownNow() {
    var pipeline = pipeline();
    Gathered asItWas = pipeline.gather(List.of(due("anna", 1)));
    begun.add(new DigestAnswers.Stale(due("anna", 1)));
    unsubscribed = true;

    pipeline.attempt(due("anna", 1), asItWas);

    assertThat(story)
        .containsExactly(
            "place for anna@example.org", "begin 1", "place given back", "REASON_NO_CHANNEL 0");
  }

  // TRAPS 28
  @Test
  void stale_withNothingLeft_stops() {
    begun.add(new DigestAnswers.Stale(due("anna", 0)));

    pipeline().attempt(due("anna", 3));

    assertThat(story).containsExactly("place for anna@example.org", "begin 3", "place given back");
  }

  @Test
  void stale_againAndAgain_givesUpForNow() {
    for (int i = 0; i < 100; i++) {
      begun.add(new DigestAnswers.Stale(due("anna", 1)));
    }

    pipeline().attempt(due("anna", 3));

    assertThat(story)
        .hasSize(3 * DigestPipeline.ROUNDS_MAX + 1)
        .endsWith("REASON_WORKER_STOPPED 0");
  }

  // TRAPS 3, 4
  @Test
  void leaseLost_nothingIsSentOrAnswered() {
    begun.add(new DigestAnswers.LeaseLost("superseded"));

    pipeline().attempt(due("anna", 1));

    assertThat(story).containsExactly("place for anna@example.org", "begin 1", "place given back");
  }

  @Test
  void stopping_leaseIsGivenBackBeforeAnything() {
    stopping = true;

    pipeline().attempt(due("anna", 1));

    assertThat(story).containsExactly("REASON_WORKER_STOPPED 0");
  }

  // TRAPS 5
  @Test
  void bookkeepingFails_afterTheSend_isNotARetry() {
    observer =
        new Observer() {
          @Override
          public void told(Due due, Plan.Tell tell, List<Outcome> outcomes) {
            throw new IllegalStateException("the statistics are full");
          }
        };

    pipeline().attempt(due("anna", 1));

    assertThat(story)
        .containsExactly(
            "place for anna@example.org",
            "begin 1",
            "sent to anna@example.org",
            "place given back",
            "REASON_SENT 1");
  }

  // TRAPS 6
  @Test
  void answerIsNeverHeard_afterTheSend_nothingElseIsDone() {
    settleFails = true;

    pipeline().attempt(due("anna", 1));

    assertThat(story)
        .containsExactly(
            "place for anna@example.org",
            "begin 1",
            "sent to anna@example.org",
            "place given back",
            "REASON_SENT 1");
  }

  // TRAPS 8
  @Test
  void usersCannotBeRead_theBacklogIsTriedLater() {
    pipeline().attempt(due("unreadable", 1));

    assertThat(story).containsExactly("REASON_FAILED 0");
  }

  @Test
  void longText_isClippedBetweenCharacters() {
    assertThat(LedgerText.clip("\u00e9".repeat(2_000))).isEqualTo("\u00e9".repeat(512));
    assertThat(LedgerText.clip("x" + "\u00e9".repeat(2_000))).isEqualTo("x" + "\u00e9".repeat(511));
    assertThat(LedgerText.clip("short")).isEqualTo("short");
  }

  private static final class Plain implements Renderer {
    @Override
    public PushText push(DigestContent digest) {
      return new PushText("", "", "", "", 0);
    }

    @Override
    public MailText mail(DigestContent digest) {
      return new MailText("", "", "");
    }
  }

  private static final class NoPush implements PushSender {
    @Override
    public boolean serves(Device device) {
      return false;
    }

    @Override
    public Outcome send(Push push) {
      throw new IllegalStateException("expected no push, but found " + push);
    }

    @Override
    public void close() {}
  }

  private final class Mails implements MailSender {
    @Override
    public Reservation reserve(Mail mail) {
      story.add("place for " + mail.toAddress());
      return refusal.isPresent()
          ? refusal.get()
          : Reservation.held(() -> send(mail), () -> story.add("place given back"));
    }

    @Override
    public Outcome send(Mail mail) {
      story.add("sent to " + mail.toAddress());
      return new Outcome.Accepted("id", "");
    }

    @Override
    public void close() {}
  }
}
