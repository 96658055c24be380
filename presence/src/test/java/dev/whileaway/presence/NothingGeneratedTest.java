package dev.whileaway.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A start generates and compiles no classes, which would take seconds of it.
@Timeout(value = 50, unit = TimeUnit.SECONDS)
class NothingGeneratedTest {

  @TempDir Path folder;

  @Test
  void open_findsTheClassesThatWereBuilt_andNeedsNoCompiler() throws Exception {
    Path loaded = folder.resolve("loaded");

    Process child =
        ChildJvm.start(
            OpeningStore.class,
            folder.resolve("presence"),
            "-Xlog:class+load:file=" + loaded + "::filecount=0");

    assertThat(child.waitFor()).isZero();
    List<String> lines = Files.readAllLines(loaded);
    for (String built : List.of("presence.LastSeen$$Native", "VanillaGlobalMutableState$$Native")) {
      assertThat(lines).filteredOn(line -> line.contains(built + " source: file:")).hasSize(1);
    }
    assertThat(lines).noneMatch(line -> line.contains("com.sun.tools.javac.main.JavaCompiler "));
  }
}
