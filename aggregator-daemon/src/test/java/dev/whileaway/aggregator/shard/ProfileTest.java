package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.CONFIRM;
import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.minutes;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.aggregator.shard.ShardCommand.DeleteProfile;
import dev.whileaway.aggregator.shard.ShardCommand.NoteSteps;
import dev.whileaway.aggregator.shard.ShardCommand.PutProfile;
import dev.whileaway.aggregator.shard.ShardCommand.RegisterDevice;
import dev.whileaway.aggregator.shard.ShardCommand.SetPreferences;
import dev.whileaway.aggregator.shard.ShardCommand.UnregisterDevice;
import dev.whileaway.aggregator.shard.ShardCommand.WatchUser;
import dev.whileaway.aggregator.shard.ShardReply.ProfileChanged;
import dev.whileaway.aggregator.shard.ShardReply.Settled;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.internal.v1.LedgerEntry;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {

  private static final UserId ANNA = new UserId("anna");

  @Test
  void profile_put_twice_changes_once() {
    // TRAPS 9
    var profile = Profile.newBuilder().setUser("anna").setLocale("ru").build();
    var shard = shard().send(new PutProfile(profile));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(true));
    shard.send(new PutProfile(profile));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(false));
    assertThat(profile(shard).getLocale()).isEqualTo("ru");
  }

  // TRAPS 24: what a user has chosen outlives the product's next synchronisation.
  @Test
  void profile_put_without_preferences_keeps_what_the_user_has_chosen() {
    var off = Preferences.newBuilder().setEmailOff(true).build();
    var put = Profile.newBuilder().setUser("anna").setLocale("ru");
    var shard = shard().send(new SetPreferences(ANNA, off)).send(new PutProfile(put.build()));
    assertThat(profile(shard).getPreferences()).isEqualTo(off);
    assertThat(profile(shard).getLocale()).isEqualTo("ru");

    shard.send(new PutProfile(put.setPreferences(Preferences.getDefaultInstance()).build()));
    assertThat(profile(shard).getPreferences().getEmailOff()).isFalse();
  }

  @Test
  void watched_is_the_operators_and_outlives_a_put() {
    var put = new PutProfile(Profile.newBuilder().setUser("anna").setLocale("ru").build());
    var shard = shard().send(new WatchUser(ANNA, true)).send(put);
    assertThat(profile(shard).getWatched()).isTrue();

    shard.send(new WatchUser(ANNA, false)).send(put);
    assertThat(profile(shard).getWatched()).isFalse();
    shard.send(new PutProfile(Profile.newBuilder().setUser("anna").setWatched(true).build()));
    assertThat(profile(shard).getWatched()).isFalse();
  }

  // TRAPS 9
  @Test
  void steps_of_a_lease_are_noted_once_and_not_of_the_forgotten() {
    var steps =
        new NoteSteps(new LeaseKey(ANNA, 7), List.of(Step.newBuilder().setWhat("go").build()));
    var shard = shard().send(steps).send(steps);
    assertThat(shard.reply()).isEqualTo(new Settled());
    assertThat(shard.ledger("anna")).hasSize(1);
    assertThat(shard.ledger("anna").getFirst().getSteps().getSteps(0).getWhat()).isEqualTo("go");

    shard.send(new ShardCommand.ForgetUser(ANNA)).send(steps);
    assertThat(shard.ledger("anna")).noneMatch(LedgerEntry::hasSteps);
  }

  @Test
  void deleted_profile_is_unknown_and_the_backlog_stays() {
    var shard = shard().send(new PutProfile(Profile.newBuilder().setUser("anna").build()));
    shard.report("anna", "bob", MESSAGE).send(new DeleteProfile(ANNA));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(true));
    assertThat(shard.machine().view().profile(ANNA)).isEqualTo(new ProfileState.Unknown());
    shard.expectWaits("anna", 1, minutes(30)).send(new DeleteProfile(ANNA));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(false));
  }

  // TRAPS 14, 24: whoever unsubscribes is not sent what a worker decided before.
  @Test
  void changed_profile_makes_a_lease_stale_that_has_not_begun_to_send() {
    for (ShardCommand change :
        List.of(
            new SetPreferences(ANNA, Preferences.newBuilder().setEmailOff(true).build()),
            new PutProfile(Profile.newBuilder().setUser("anna").setLocale("ru").build()),
            new DeleteProfile(ANNA),
            new RegisterDevice(ANNA, device("t2")),
            new UnregisterDevice(ANNA, "t1", Long.MAX_VALUE))) {
      registered()
          .report("anna", "bob", MATCH)
          .pull()
          .send(change)
          .beginSend("anna", CONFIRM)
          .expectStale(1)
          .beginSend("anna", CONFIRM)
          .expectGo();
    }
  }

  @Test
  void profile_put_as_it_was_leaves_a_lease_alone() {
    var shard = registered().report("anna", "bob", MATCH).pull();
    shard.send(new PutProfile(profile(shard))).beginSend("anna", CONFIRM).expectGo();
  }

  @Test
  void profile_changed_while_sending_leaves_the_send_to_its_answer() {
    registered()
        .report("anna", "bob", MATCH)
        .pull()
        .beginSend("anna", CONFIRM)
        .send(new DeleteProfile(ANNA))
        .beginSend("anna", CONFIRM)
        .expectGo()
        .confirm("anna")
        .expectSettled();
  }

  @Test
  void changes_that_matter_to_telling_are_noted_of_a_user_who_was_heard_of() {
    var shard = registered();
    assertThat(notes(shard)).as("of a first profile").isEmpty();

    var known = profile(shard).toBuilder().setName("Anna").setEmail("anna@example.com");
    shard
        .send(new PutProfile(known.setZone("Asia/Tokyo").build()))
        .send(new PutProfile(known.setName("Ann").build()))
        .send(new PutProfile(known.setEmail("").setLocale("ru").build()))
        .send(
            new SetPreferences(
                ANNA, Preferences.newBuilder().setEmailOff(true).addMutedTypes("visit").build()))
        .send(new RegisterDevice(ANNA, device("t1")))
        .send(new RegisterDevice(ANNA, device("second")))
        .send(new UnregisterDevice(ANNA, "second", Long.MAX_VALUE))
        .send(new DeleteProfile(ANNA))
        .send(new RegisterDevice(ANNA, device("third")));

    assertThat(notes(shard))
        .containsExactly(
            "an e-mail address is known now; the time zone is now Asia/Tokyo",
            "the e-mail address was removed; the language is now ru",
            "e-mail was turned off; muted types: visit",
            "APNS device sec… was registered",
            "APNS device sec… was removed",
            "the profile was deleted",
            "APNS device th… was registered");
  }

  private static List<String> notes(ShardHarness shard) {
    return shard.ledger("anna").stream().map(entry -> entry.getProfile().getText()).toList();
  }

  private static ShardHarness registered() {
    return shard().send(new RegisterDevice(ANNA, device("t1")));
  }

  @Test
  void registered_device_makes_the_profile_and_is_dated_by_the_shard() {
    var shard = shard().report("anna", "x", MESSAGE).send(new RegisterDevice(ANNA, device("t1")));
    assertThat(profile(shard).getUser()).isEqualTo("anna");
    assertThat(Timestamps.toMillis(profile(shard).getDevices(0).getRegisteredAt()))
        .isEqualTo(shard.now());
  }

  @Test
  void device_registered_again_is_dated_anew_and_the_oldest_of_21_gives_way() {
    var shard = shard();
    for (int i = 0; i < Devices.MAX; i++) {
      shard.advance(minutes(1)).send(new RegisterDevice(ANNA, device("t" + i)));
    }
    shard.advance(minutes(1)).send(new RegisterDevice(ANNA, device("t0")));
    assertThat(profile(shard).getDevicesCount()).isEqualTo(Devices.MAX);
    shard.advance(minutes(1)).send(new RegisterDevice(ANNA, device("new")));
    assertThat(tokens(shard)).hasSize(Devices.MAX).contains("t0", "new").doesNotContain("t1");
    shard.expectCount(Counter.DEVICE_GAVE_WAY, 1);
    assertThat(shard.ledger("anna").getLast().getProfile().getText()).contains("gave way");
  }

  @Test
  void put_profile_keeps_the_date_of_a_known_token() {
    var shard = shard().send(new RegisterDevice(ANNA, device("t1")));
    long registered = shard.now();
    shard
        .advance(minutes(5))
        .send(
            new PutProfile(
                Profile.newBuilder()
                    .setUser("anna")
                    .addDevices(device("t1"))
                    .addDevices(device("t2"))
                    .build()));
    assertThat(profile(shard).getDevicesList())
        .extracting(Devices::registeredAtMillis)
        .containsExactly(registered, shard.now());
  }

  @Test
  void dead_token_is_removed_unless_it_was_registered_after_its_death() {
    // TRAPS 39
    var shard = shard().send(new RegisterDevice(ANNA, device("t1")));
    long registered = shard.now();
    shard.send(new UnregisterDevice(ANNA, "t1", registered - 1));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(false));
    shard.send(new UnregisterDevice(ANNA, "t1", registered));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(true));
    assertThat(tokens(shard)).isEmpty();
    shard.send(new UnregisterDevice(ANNA, "t1", registered + 1));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(false));
  }

  @Test
  void preferences_make_the_profile() {
    var preferences = Preferences.newBuilder().setPushOff(true).build();
    var shard = shard().send(new SetPreferences(ANNA, preferences));
    assertThat(profile(shard).getPreferences()).isEqualTo(preferences);
    shard.send(new SetPreferences(ANNA, preferences));
    assertThat(shard.reply()).isEqualTo(new ProfileChanged(false));
  }

  private static Device device(String token) {
    return Device.newBuilder().setToken(token).setPlatform(Platform.PLATFORM_APNS).build();
  }

  private static Profile profile(ShardHarness shard) {
    return switch (shard.machine().view().profile(ANNA)) {
      case ProfileState.Known(Profile profile) -> profile;
      case ProfileState.Unknown _, ProfileState.Forgotten _ ->
          throw new AssertionError("expected a profile, but found none");
    };
  }

  private static List<String> tokens(ShardHarness shard) {
    return profile(shard).getDevicesList().stream().map(Device::getToken).toList();
  }
}
