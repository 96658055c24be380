package dev.whileaway.ops.replay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Makes traces from a seed: few users and steps that lie on, just before and just after the
/// moments that the rules name, so that they meet.
final class RandomTrace {

  /// Steps from one action to the next, in seconds: often none, often one of the policy's spans.
  private static final long[] STEPS = {
    0, 0, 0, 0, 0, 1, 1, 59, 299, 300, 301, 599, 600, 601, 899, 900, 901, 1199, 1799, 1800, 1801,
    3600, 5 * 3600
  };

  /// The first hour, and moments around which daylight saving begins or ends somewhere.
  private static final long[] STARTS = {
    3_000, 1_082_040_960L, 1_774_742_400L, 1_792_886_400L, 1_775_307_600L, 1_099_180_800L
  };

  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Asia/Kolkata",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "America/St_Johns",
          "Asia/Tokyo");

  private final RandomGenerator random;
  private final List<String> lines = new ArrayList<>();

  /// A trace's rules do not say what holds of an id that is given to a new account.
  private final Set<String> forgotten = new HashSet<>();

  private long now;

  private RandomTrace(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    now = STARTS[random.nextInt(STARTS.length)];
  }

  /// The lines of one trace, without the header.
  static List<String> of(long seed, int actions) {
    var trace = new RandomTrace(seed);
    int users = 2 + trace.random.nextInt(8);
    for (int user = 1; user <= users; user++) {
      if (trace.random.nextInt(8) > 0) {
        trace.profile("" + user);
      }
    }
    while (trace.lines.size() < actions) {
      trace.action(users);
    }
    return trace.lines;
  }

  private void action(int users) {
    now += STEPS[random.nextInt(STEPS.length)];
    String user = "" + (1 + random.nextInt(users));
    int dice = random.nextInt(100);
    if (dice < 50) {
      int events = random.nextInt(60) == 0 ? 250 : 1 + random.nextInt(2);
      int type = random.nextInt(8) == 0 ? 4 : 1 + random.nextInt(3);
      for (int i = 0; i < events; i++) {
        line("report", user, "" + (1 + random.nextInt(users)), "" + type, "x");
      }
    } else if (dice < 60) {
      line("visit", user, surface());
    } else if (dice < 72) {
      line("view", user, surface(), random.nextBoolean() ? "1" : "2|3");
    } else if (dice < 80) {
      line("touch", user, surface());
    } else if (dice < 89) {
      line("connect", user);
    } else if (dice < 95) {
      line("disconnect", user);
    } else if (dice < 98) {
      if (!forgotten.contains(user)) {
        profile(user);
      }
    } else {
      forgotten.add(user);
      line("forget", user);
    }
  }

  private void profile(String user) {
    line(
        "profile",
        user,
        random.nextBoolean() ? "en" : "ru",
        ZONES.get(random.nextInt(ZONES.size())),
        "" + Math.max(0, random.nextInt(5) - 1),
        random.nextInt(4) == 0 ? "0" : "1");
  }

  private String surface() {
    return random.nextBoolean() ? "web" : "app";
  }

  private void line(String... fields) {
    lines.add(now + "," + String.join(",", fields));
  }
}
