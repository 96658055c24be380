package dev.whileaway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a made-up installation, on a machine without a JDK of its own.
@Timeout(60)
class LauncherRefusalsTest {

  private static final Path LAUNCHER = Path.of("..", "whileaway");
  private static final Path BASH = Path.of("/bin/bash");

  /// What the launcher calls, where a system keeps it.
  private static final List<String> TOOLS =
      List.of("dirname", "readlink", "grep", "find", "mkdir", "cat", "flock", "touch", "rm", "mv");

  private static final String PRINTS_ITS_ARGUMENTS = "#!/bin/bash\nprintf '%s\\n' \"$@\"\n";

  @TempDir private Path folder;
  private Path root;
  private Path home;
  private Path bin;

  @BeforeEach
  void install() throws IOException {
    assumeTrue(Files.isExecutable(BASH), "expected bash, but found none: nothing is tested here");
    root = Files.createDirectories(folder.resolve("install"));
    home = Files.createDirectories(folder.resolve("home"));
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Path found = Path.of("/usr/bin", tool);
      if (Files.exists(found)) {
        script(bin.resolve(tool), "#!/bin/bash\nexec " + found + " \"$@\"\n");
      }
    }
    // The usual places of a JDK move into the folder too: this machine's are not empty.
    String launcher =
        Files.readString(LAUNCHER)
            .replace("/usr/lib/jvm/*", folder + "/jvm/*")
            .replace("/opt/", folder + "/opt/");
    script(root.resolve("whileaway"), launcher);
  }

  @Test
  void noJdk25_isOneClearLine_andExitCode1() throws Exception {
    jdk("/home/.jdks/jdk-21", "21.0.4");

    var answer = launch(root.resolve("whileaway"), "version");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .startsWith("whileaway: expected JDK 25 in JAVA_HOME, on the PATH")
        .contains("but found none; install it")
        .hasLineCount(1);
  }

  @Test
  void noMaven_toBuildWith_isOneClearLine_andExitCode1() throws Exception {
    jdk("/home/.jdks/jdk-25", "25.0.1");

    var answer = launch(root.resolve("whileaway"), "version");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err())
        .startsWith("whileaway: expected Maven 3.8 or newer as `mvn` on the PATH")
        .hasLineCount(1);
  }

  /// A JDK as far as the launcher looks at it.
  private void jdk(String place, String version) throws IOException {
    Path jdk = Files.createDirectories(Path.of(folder + place));
    Path programs = Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(programs.resolve("javac"), "#!/bin/bash\n");
    script(programs.resolve("java"), PRINTS_ITS_ARGUMENTS);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Answer(int exitCode, String out, String err) {}

  private Answer launch(Path launcher, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(BASH.toString(), launcher.toString()));
    command.addAll(Arrays.asList(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", bin.toString(), "HOME", home.toString()));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Answer(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }
}
