package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.PUSHED;
import static dev.whileaway.aggregator.shard.ShardHarness.TTL;
import static dev.whileaway.aggregator.shard.ShardHarness.VISIT;
import static dev.whileaway.aggregator.shard.ShardHarness.WINDOW;
import static dev.whileaway.aggregator.shard.ShardHarness.millis;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.ShardCommand.CancelLease;
import dev.whileaway.aggregator.shard.ShardCommand.ConfirmLease;
import dev.whileaway.aggregator.shard.ShardCommand.PullDue;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Delivery;
import dev.whileaway.v1.Outcome;
import dev.whileaway.v1.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A push whose user has seen elsewhere what it tells is handed out to be taken back.
class RetractionTest {

  private static final UserId ANNA = new UserId("anna");

  private static Delivery delivered(String digestId, Outcome outcome) {
    return Delivery.newBuilder()
        .setChannel(Channel.CHANNEL_PUSH)
        .setOutcome(outcome)
        .setDigestId(digestId)
        .build();
  }

  /// A push is about to go out to Anna.
  private static ShardHarness pushing() {
    return shard()
        .report("anna", "bob", MESSAGE)
        .report("anna", "bob", VISIT)
        .advance(WINDOW)
        .pull()
        .beginSend("anna", PUSHED);
  }

  /// It went out, and the e-mail follows.
  private static ShardHarness pushed(ShardHarness shard, Delivery delivery) {
    return shard.send(
        new CancelLease(
            shard.lease("anna"),
            600_000,
            Set.of(Flag.PUSH_SENT),
            Reason.REASON_SENT,
            List.of(delivery),
            ""));
  }

  private static ShardHarness pushed() {
    return pushed(pushing(), delivered("d1", Outcome.OUTCOME_ACCEPTED));
  }

  /// It went out, and that was all.
  private static ShardHarness told() {
    ShardHarness shard = pushing();
    return shard.send(
        new ConfirmLease(
            shard.lease("anna"),
            Reason.REASON_SENT,
            List.of(delivered("d1", Outcome.OUTCOME_ACCEPTED)),
            ""));
  }

  private static List<String> retracted(ShardHarness shard) {
    shard.send(new PullDue("worker", 100, TTL.toMillis(), Set.of(), true));
    return shard.pulled().retractions().stream().map(Retraction::digestId).toList();
  }

  @Test
  void push_seen_elsewhere_is_handed_out_once() {
    ShardHarness shard = pushed();
    long toldAt = shard.machine().view().nowMillis();
    shard.advance(minutes(1)).visit("anna").expectCleared(2);
    assertThat(shard.machine().view().anythingToRetract()).isTrue();

    shard.send(new PullDue("worker", 100, TTL.toMillis(), Set.of(), true));
    assertThat(shard.pulled().retractions()).containsExactly(new Retraction(ANNA, "d1", toldAt));
    assertThat(retracted(shard)).isEmpty();

    shard.expectCount(Counter.RETRACTED, 1);
    assertThat(shard.ledger("anna"))
        .filteredOn(LedgerEntry::hasRetracted)
        .extracting(entry -> entry.getRetracted().getDigestId())
        .containsExactly("d1");
    assertThat(shard.machine().view().mayClear(ANNA, ClearScope.ALL)).isFalse();
  }

  @Test
  void worker_that_takes_no_retractions_leaves_them() {
    ShardHarness shard = pushed().visit("anna").pull();
    assertThat(shard.pulled().retractions()).isEmpty();
    assertThat(retracted(shard)).containsExactly("d1");
  }

  @Test
  void push_is_remembered_after_its_events_have_left() {
    ShardHarness shard = told().expectNothingWaits("anna");
    assertThat(shard.machine().view().mayClear(ANNA, ClearScope.ALL)).isTrue();
    assertThat(retracted(shard)).isEmpty();
    assertThat(retracted(shard.visit("anna").expectCleared(0))).containsExactly("d1");
  }

  @Test
  void page_that_shows_a_part_takes_nothing_back_until_the_rest_was_seen() {
    ShardHarness shard = pushed().view("anna", MESSAGE).expectCleared(1);
    assertThat(retracted(shard)).isEmpty();
    assertThat(retracted(shard.view("anna", VISIT).expectCleared(1))).containsExactly("d1");
  }

  @Test
  void page_of_later_events_takes_nothing_back_that_it_did_not_show() {
    ShardHarness shard = told().report("anna", "carl", VISIT).view("anna", VISIT).expectCleared(1);
    assertThat(retracted(shard)).isEmpty();
    assertThat(shard.machine().view().mayClear(ANNA, new ClearScope(Set.of(VISIT), 9, "")))
        .isFalse();
    assertThat(retracted(shard.visit("anna"))).containsExactly("d1");
  }

  // TRAPS 39: the push is on its way, and its user looks before the worker knows that it came.
  @Test
  void push_seen_while_it_was_sent_is_taken_back_once_it_came() {
    ShardHarness shard = pushing().visit("anna").expectCleared(2);
    assertThat(retracted(shard)).isEmpty();
    assertThat(retracted(pushed(shard, delivered("d1", Outcome.OUTCOME_ACCEPTED))))
        .containsExactly("d1");
  }

  // TRAPS 39: the next push takes the place of the one that is on the device.
  @Test
  void seen_push_is_left_to_the_next_one_if_something_waits() {
    ShardHarness shard = pushed().visit("anna").report("anna", "carl", MESSAGE);
    assertThat(retracted(shard)).isEmpty();
    shard.advance(WINDOW).pull().beginSend("anna", PUSHED);
    pushed(shard, delivered("d2", Outcome.OUTCOME_ACCEPTED));
    assertThat(retracted(shard)).isEmpty();
    assertThat(retracted(shard.visit("anna"))).containsExactly("d2");
  }

  @Test
  void push_is_remembered_for_six_hours() {
    ShardHarness last = told().advance(millis(Told.MEMORY_MILLIS - 1)).visit("anna");
    assertThat(retracted(last)).containsExactly("d1");

    ShardHarness over = told().visit("anna").advance(millis(Told.MEMORY_MILLIS));
    assertThat(retracted(over)).isEmpty();
    over.expectCount(Counter.RETRACTED, 0);

    ShardHarness unseen = told().advance(millis(Told.MEMORY_MILLIS)).pull();
    assertThat(unseen.machine().view().mayClear(ANNA, ClearScope.ALL)).isFalse();
  }

  @Test
  void seen_push_that_nobody_takes_back_is_forgotten() {
    ShardHarness shard = told().visit("anna").advance(millis(Told.MEMORY_MILLIS)).pull();
    assertThat(shard.machine().view().anythingToRetract()).isFalse();
  }

  @Test
  void push_that_no_device_can_take_back_costs_nothing() {
    for (Delivery delivery :
        List.of(
            delivered("", Outcome.OUTCOME_ACCEPTED),
            delivered("d1", Outcome.OUTCOME_UNREGISTERED),
            delivered("d1", Outcome.OUTCOME_UNKNOWN))) {
      ShardHarness shard = pushed(pushing(), delivery).visit("anna");
      assertThat(shard.machine().view().anythingToRetract()).isFalse();
      assertThat(shard.machine().view().mayClear(ANNA, ClearScope.ALL)).isFalse();
    }
  }

  @Test
  void forgotten_user_has_no_push_to_take_back() {
    assertThat(retracted(pushed().visit("anna").forget("anna"))).isEmpty();
    assertThat(retracted(pushed().forget("anna").visit("anna"))).isEmpty();
  }

  /// Their records are those of now, but for pushes that nobody remembered.
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void snapshot_of_the_forms_before_is_read(int form) {
    var records = new ArrayList<byte[]>();
    var now = shard().report("anna", "bob", MESSAGE).machine();
    now.cut().forEach((_, record) -> records.add(record));
    var header = new Packer().varint(form).varint(1_000).varint(0).varint(0).fixed64(0);
    header.varint(1).varint(77).varint(0).varint(0);

    var restored = new ShardMachine(ShardLimits.STANDARD, new MemoryColdRecords());
    restored.loadHeader(header.toBytes());
    records.forEach(restored::loadRecord);
    assertThat(restored.view().backlog(ANNA)).isPresent();
    assertThat(restored.view().counters().of(Counter.values()[0])).isEqualTo(77);
  }
}
