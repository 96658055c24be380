package dev.whileaway.worker.deliver.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceTest {

  /// The machine's clock may stand anywhere, and run over.
  private static final long BEGIN = Long.MAX_VALUE - 3;

  private static final Duration TIMEOUT = Duration.ofNanos(10);

  @ParameterizedTest
  @CsvSource({
    "written at once and nothing since,        0, 0, 10, true",
    "it waited for its connection nearly long, 9, 0, 10, false",
    "half the time,                            5, 0, 10, true",
    "less than half,                           6, 0, 10, false",
    "another was answered just now,            0, 9, 10, false",
    "another was answered long ago,            0, 1, 10, true",
  })
  void connection_hangs_ifNothingCameSinceThePushWasWritten(
      String why, long written, long heard, long now, boolean hangs) {
    assertThat(Silence.tells(BEGIN + written, BEGIN + heard, BEGIN + now, TIMEOUT))
        .as(why)
        .isEqualTo(hangs);
  }
}
