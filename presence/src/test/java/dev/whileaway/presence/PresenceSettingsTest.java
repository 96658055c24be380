package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PresenceSettingsTest {

  private static final Duration KEEP = Duration.ofMinutes(30);
  private static final Duration ALIVE = Duration.ofMillis(1);

  @Test
  void settings_atTheirLeast_areTaken() {
    assertThatNoException().isThrownBy(() -> settings(1, KEEP, ALIVE));
  }

  @Test
  void settings_belowIt_areRefused_andTheKeyIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(0, KEEP, ALIVE))
        .withMessageContaining("presence.expected-users");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(1, KEEP.minusMillis(1), ALIVE))
        .withMessageContaining("presence.keep-for");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(1, KEEP, Duration.ZERO))
        .withMessageContaining("presence.keep-alive");
  }

  private static PresenceSettings settings(long users, Duration keepFor, Duration keepAlive) {
    return new PresenceSettings(Path.of("unused"), users, keepFor, OnlineRule.STANDARD, keepAlive);
  }
}
