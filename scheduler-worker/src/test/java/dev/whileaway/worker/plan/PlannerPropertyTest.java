package dev.whileaway.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.presence.PresenceReading;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.Profile;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What holds of every plan, tried on thousands of random backlogs. A failure names its seed.
class PlannerPropertyTest {

  private static final List<String> TYPES =
      List.of("message", "profile-visit", "favourite", "gone");
  private static final List<String> PEOPLE = List.of("", "bob", "carl", "dora", "mallory");

  @Test
  void everyPlan_tellsSomethingTrue_onAChannelThatIsOn() {
    for (int seed = 0; seed < 20_000; seed++) {
      check(seed);
    }
  }

  private static void check(int seed) {
    Random random = new Random(seed);
    Given given = new Given();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      given.event(pick(TYPES, random), pick(PEOPLE, random));
    }
    if (random.nextInt(4) == 0) {
      given.total("message", random.nextInt(1, 10_000), random.nextInt(1, 1_000));
    }
    PEOPLE.stream()
        .filter(user -> !user.isEmpty() && random.nextInt(3) == 0)
        .forEach(given::forgotten);
    Profile profile = profile(random);
    given.recipient(new UserState.Known(profile));
    Set<Channel> usable = EnumSet.noneOf(Channel.class);
    for (Channel channel : List.of(Channel.CHANNEL_PUSH, Channel.CHANNEL_EMAIL)) {
      if (random.nextInt(4) > 0) {
        usable.add(channel);
      }
    }
    given.usable(usable);
    if (random.nextBoolean()) {
      given.pushSent();
    }
    if (random.nextInt(4) == 0) {
      given.presence(
          new PresenceReading(Given.NOON.toEpochMilli() - random.nextInt(2_000_000), 0, 0));
    }

    Plan plan = given.plan();

    assertThat(plan.words()).as("seed %d", seed).isNotEmpty();
    assertThat(given.plan()).as("seed %d: pure", seed).isEqualTo(plan);
    if (plan instanceof Plan.Tell tell) {
      checkTell(seed, tell, given.due(), profile, usable);
    }
  }

  private static void checkTell(
      int seed, Plan.Tell tell, Due due, Profile profile, Set<Channel> usable) {
    assertThat(usable).as("seed %d", seed).contains(tell.channel());
    switch (tell) {
      case Plan.TellByPush push -> {
        assertThat(profile.getPreferences().getPushOff()).as("seed %d", seed).isFalse();
        assertThat(push.devices()).as("seed %d", seed).isNotEmpty();
        assertThat(due.pushSent()).as("seed %d", seed).isFalse();
      }
      case Plan.TellByMail mail -> {
        assertThat(profile.getPreferences().getEmailOff()).as("seed %d", seed).isFalse();
        assertThat(mail.address()).as("seed %d", seed).isNotEmpty();
      }
    }
    assertThat(tell.digest().groups()).as("seed %d", seed).isNotEmpty();
    for (DigestContent.Group group : tell.digest().groups()) {
      int shown = group.items().size();
      long people = group.items().stream().map(DigestContent.Item::sender).distinct().count();
      assertThat(shown).as("seed %d", seed).isPositive();
      assertThat(group.events()).as("seed %d", seed).isGreaterThanOrEqualTo(shown);
      assertThat((long) group.senders()).as("seed %d", seed).isGreaterThanOrEqualTo(people);
      assertThat(profile.getPreferences().getMutedTypesList())
          .as("seed %d", seed)
          .doesNotContain(group.type().name());
    }
  }

  private static Profile profile(Random random) {
    Profile.Builder profile = Given.anna().toBuilder();
    if (random.nextInt(3) == 0) {
      profile.clearDevices();
    }
    if (random.nextInt(3) == 0) {
      profile.clearEmail();
    }
    var preferences =
        Preferences.newBuilder()
            .setPushOff(random.nextInt(3) == 0)
            .setEmailOff(random.nextInt(3) == 0);
    TYPES.stream().filter(_ -> random.nextInt(4) == 0).forEach(preferences::addMutedTypes);
    return profile.setPreferences(preferences).build();
  }

  private static <T> T pick(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
