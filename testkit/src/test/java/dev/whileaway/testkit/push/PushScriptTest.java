package dev.whileaway.testkit.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.testkit.push.PushBehaviour.Mix;
import dev.whileaway.testkit.push.PushBehaviour.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushScriptTest {

  @Test
  void behaviours_areRead() {
    assertThat(PushScript.parse("accept")).isEqualTo(PushBehaviour.ACCEPT);
    assertThat(PushScript.parse(" goaway ")).isEqualTo(PushBehaviour.GO_AWAY);
    assertThat(PushScript.parse("after 50 hang"))
        .isEqualTo(PushBehaviour.after(Duration.ofMillis(50), PushBehaviour.HANG));
    assertThat(PushScript.parse("unregistered 2026-01-31T10:15:00Z"))
        .isEqualTo(PushBehaviour.unregistered(Instant.parse("2026-01-31T10:15:00Z")));
    assertThat(PushScript.parse("429 QUOTA_EXCEEDED retry 30"))
        .isEqualTo(PushBehaviour.refuse(429, "QUOTA_EXCEEDED", Duration.ofSeconds(30)));
    assertThat(PushScript.parse("turnaway")).isEqualTo(PushBehaviour.TURN_AWAY);
    assertThat(PushScript.parse("10% turnaway 11"))
        .isEqualTo(PushBehaviour.mix(new Part(10, PushBehaviour.turnAway(11))));
    assertThat(PushScript.parse("20% close, 10% 503 UNAVAILABLE"))
        .isEqualTo(
            PushBehaviour.mix(
                new Part(20, PushBehaviour.CLOSE),
                new Part(10, PushBehaviour.refuse(503, "UNAVAILABLE"))));
  }

  @Test
  void mix_givesEachPartItsShare_evenly() {
    var mix = (Mix) PushScript.parse("20% hang, 10% close");

    assertThat(LongStream.range(0, 100).mapToObj(mix::of))
        .filteredOn(PushBehaviour.HANG::equals)
        .hasSize(20);
    assertThat(LongStream.range(0, 100).mapToObj(mix::of))
        .filteredOn(PushBehaviour.CLOSE::equals)
        .hasSize(10);
    assertThat(LongStream.range(0, 10).mapToObj(mix::of))
        .filteredOn(PushBehaviour.HANG::equals)
        .hasSizeBetween(1, 3);
  }

  @Test
  void nonsense_isRefusedInWords() {
    assertThatThrownBy(() -> PushScript.parse("explode"))
        .hasMessageStartingWith(
            "expected accept, hang, close, goaway, turnaway, unregistered INSTANT")
        .hasMessageEndingWith("but found \"explode\"");
    assertThatThrownBy(() -> PushScript.parse("60% hang, 50% close"))
        .hasMessage("expected parts of at most 100 % together, but found \"60% hang, 50% close\"");
    assertThatThrownBy(() -> PushScript.parse("10% hang, close"))
        .hasMessage("expected a percentage, as in `10% hang`, but found \"close\"");
    assertThatThrownBy(() -> PushScript.parse("after soon hang"))
        .hasMessage("expected a number, but found \"soon\"");
  }

  @ParameterizedTest
  @CsvSource({
    "hang 5000,                                hang,                              5000",
    "goaway 3,                                 goaway,                            3",
    "10% accept all,                           accept,                            all",
    "after 50 close now,                       close,                             now",
    "turnaway 2 3,                             turnaway 2,                        3",
    "unregistered 2026-01-31T10:15:00Z a b,    unregistered 2026-01-31T10:15:00Z, a b",
  })
  void wordsThatNobodyReads_areRefused(String script, String whole, String more) {
    assertThatThrownBy(() -> PushScript.parse(script))
        .hasMessage("expected nothing after `%s`, but found \"%s\"", whole, more);
  }

  @ParameterizedTest
  @CsvSource({
    "429 BUSY 30,         30",
    "429 BUSY retry,      retry",
    "429 BUSY retry 3 4,  retry 3 4",
  })
  void refusal_withOtherWordsThanRetry_isRefused(String script, String more) {
    assertThatThrownBy(() -> PushScript.parse(script))
        .hasMessage("expected `retry SECONDS` after the reason, but found \"%s\"", more);
  }

  /// By then later pushes may have been taken, and the fake would say that it did not look at them.
  @Test
  void turningAwayLate_isRefused() {
    assertThatThrownBy(() -> PushScript.parse("10% after 50 turnaway, 20% hang"))
        .hasMessageStartingWith("expected a behaviour that can wait, but found TurnAway");
    assertThatThrownBy(() ->
            PushBehaviour.after(
                Duration.ofMillis(50), PushBehaviour.mix(new Part(10, PushBehaviour.turnAway(2)))))
        .hasMessageStartingWith("expected a behaviour that can wait, but found Mix");
  }
}
