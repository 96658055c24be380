package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChroniclePresenceStoreTest extends PresenceStoreContract {

  @TempDir Path folder;

  @Override
  PresenceStore open() throws Exception {
    return ChroniclePresenceStore.open(TestSettings.in(folder, 1_000), () -> NOW);
  }

  @Test
  void analytics_whichPhoneHome_areNotOnTheClassPath() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
    assertThat(System.getProperty("chronicle.analytics.disable")).isEqualTo("true");
  }
}
