package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.DaemonSettings.Log;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The files of a log are the same, whoever writes them: the step to a cluster needs no export.
class EitherLogTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"LOCAL, RAFT, true", "LOCAL, RAFT, false", "RAFT, LOCAL, true", "RAFT, LOCAL, false"})
  void open_logOfTheOther_goesOnWithIt_andBack(Log first, Log second, boolean crash)
      throws Exception {
    long written = write(first, "a", crash);
    assertThat(hash(second)).isEqualTo(written);
    long more = write(second, "b", crash);
    assertThat(hash(first)).isEqualTo(more);
    long most = write(first, "c", crash);
    assertThat(hash(second)).isEqualTo(most).isNotEqualTo(more);
  }

  private long write(Log log, String prefix, boolean crash) throws Exception {
    var store = TestStore.open(log, folder, 1, TestStore.SELDOM);
    for (int i = 0; i < 30; i++) {
      var _ = store.ask(FIRST, TestStore.report("user-" + i % 7, prefix + i));
    }
    long hash = store.node().stateHash(FIRST);
    if (crash) {
      store.crash();
    } else {
      store.close();
    }
    return hash;
  }

  private long hash(Log log) throws Exception {
    try (var store = TestStore.open(log, folder, 1, TestStore.SELDOM)) {
      return store.node().stateHash(FIRST);
    }
  }
}
