package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.CONFIRM;
import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.TTL;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.shard.ShardCommand.DeleteProfile;
import dev.whileaway.aggregator.shard.ShardCommand.PutProfile;
import dev.whileaway.aggregator.shard.ShardReply.ProfileChanged;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.v1.Profile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForgetTest {

  private static final UserId ANNA = new UserId("anna");

  @Test
  void forget_takes_backlog_profile_and_ledger_and_leaves_a_tombstone() {
    // TRAPS 29
    var shard = known().report("anna", "bob", MESSAGE).visit("anna");
    shard.report("anna", "bob", MESSAGE).report("anna", "bob", MATCH).forget("anna");
    shard.expectCleared(2).expectNothingWaits("anna").expectCount(Counter.FORGOTTEN, 2);
    assertThat(shard.machine().view().profile(ANNA))
        .isEqualTo(new ProfileState.Forgotten(shard.now()));
    assertThat(shard.ledger("anna"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.getForgotten().getEvents()).isEqualTo(2));
  }

  @Test
  void forget_twice_changes_nothing() {
    // TRAPS 9
    var shard = known().forget("anna");
    long deletedAt = shard.now();
    shard.advance(minutes(1)).forget("anna").expectCleared(0);
    assertThat(shard.machine().view().profile(ANNA))
        .isEqualTo(new ProfileState.Forgotten(deletedAt));
    assertThat(shard.ledger("anna")).hasSize(1);
  }

  @Test
  void forgotten_user_is_never_due_again() {
    // TRAPS 35
    shard()
        .report("anna", "bob", MESSAGE)
        .forget("anna")
        .advance(minutes(30))
        .pull()
        .expectNothingDue();
  }

  @Test
  void lease_of_a_forgotten_user_is_lost() {
    // TRAPS 29
    shard()
        .report("anna", "bob", MATCH)
        .pull()
        .forget("anna")
        .beginSend("anna", CONFIRM)
        .expectLost("the user was forgotten")
        .advance(TTL)
        .pull()
        .expectNothingDue();
  }

  @Test
  void remnant_of_a_forgotten_user_goes_too() {
    var shard = shard().reportWithId("anna", "bob", MESSAGE, "m1").visit("anna").forget("anna");
    shard.machine().cut().forEach((_, record) -> assertThat(record).isNull());
    shard.reportWithId("anna", "bob", MESSAGE, "m1").expectReported(1);
  }

  @Test
  void id_of_a_forgotten_user_may_be_used_again() {
    var shard =
        known()
            .report("anna", "bob", MESSAGE)
            .forget("anna")
            .advance(Duration.ofDays(1))
            .report("anna", "bob", MESSAGE)
            .expectWaits("anna", 1, minutes(30));
    assertThat(shard.backlog("anna").throughSeq()).isGreaterThan(1);
    assertThat(shard.machine().view().profile(ANNA)).isInstanceOf(ProfileState.Forgotten.class);
    shard.send(new DeleteProfile(ANNA));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(false));
    shard.send(new PutProfile(Profile.newBuilder().setUser("anna").build()));
    assertThat(shard.machine().view().profile(ANNA)).isInstanceOf(ProfileState.Known.class);
  }

  private static ShardHarness known() {
    return shard().send(new PutProfile(Profile.newBuilder().setUser("anna").build()));
  }
}
