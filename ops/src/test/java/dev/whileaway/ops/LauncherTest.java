package dev.whileaway.ops;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher, with a `java` and a `mvn` that only write down how they were called.
class LauncherTest {

  @TempDir private Path folder;
  private Path root;
  private Path calls;

  @BeforeEach
  void copyLauncher() throws IOException {
    root = Files.createDirectories(folder.resolve("a root with spaces"));
    calls = Files.createFile(folder.resolve("calls"));
    Files.copy(Path.of("../whileaway"), root.resolve("whileaway"));
    root.resolve("whileaway").toFile().setExecutable(true);
    Files.createDirectories(root.resolve("proto/whileaway"));
    Files.createDirectories(root.resolve("proto/google"));
    Files.createDirectories(root.resolve("ops/src/main"));
    Files.createDirectories(root.resolve("templates/standard"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.writeString(root.resolve("ops/pom.xml"), "<project/>");
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    script("jdk/bin/javac", "");
    script("jdk/bin/java", "echo \"java $*\" >>'%s'; echo \"ready\"".formatted(calls));
    script(
        "bin/mvn",
        """
        echo "mvn $JAVA_HOME" >>'%s'
        sleep 1
        mkdir -p ops/target/lib && touch ops/target/whileaway.jar
        """
            .formatted(calls));
  }

  @Test
  void firstUse_builds_andTheSecondDoesNot() throws Exception {
    assertThat(run("whileaway", "visit", "two words")).isZero();
    assertThat(run("whileaway", "visit", "anna")).isZero();

    assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(1);
    assertThat(calls()).first().isEqualTo("mvn " + folder.resolve("jdk"));
    assertThat(calls()).anyMatch(call -> call.endsWith("whileaway.jar visit two words"));
    assertThat(calls()).last().asString().endsWith("whileaway.jar visit anna");
  }

  @Test
  void parallelFirstUses_buildOnce() throws Exception {
    Process first = start("whileaway", "version");
    Process second = start("whileaway", "version");

    assertThat(first.waitFor(30, SECONDS) && second.waitFor(30, SECONDS)).isTrue();
    assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(1);
    assertThat(calls()).filteredOn(call -> call.endsWith("version")).hasSize(2);
  }

  @Test
  void newerSource_isBuilt() throws Exception {
    run("whileaway", "version");
    Files.writeString(root.resolve("ops/src/main/New.java"), "");

    run("whileaway", "version");

    assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(2);
  }

  /// As `mvn verify` does: the program that was built before goes on, and starts as fast.
  @Test
  void jarPackagedAnew_isNotWhatRuns() throws Exception {
    run("whileaway", "version");
    Files.delete(root.resolve("ops/target/whileaway.jar"));

    assertThat(run("whileaway", "version")).isZero();
    assertThat(root.resolve("ops/target/app/whileaway.jar")).exists();
    assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(1);
  }

  @Test
  void symbolicLink_leadsToTheSameProgram() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), root.resolve("whileaway"));

    assertThat(run("../link", "version")).isZero();
    assertThat(calls())
        .last()
        .asString()
        .contains(root.resolve("ops/target/app/whileaway.jar") + "");
  }

  @Test
  void brokenBuild_showsItsLog_andRunsNothing() throws Exception {
    script("bin/mvn", "echo 'what broke'; exit 1");

    assertThat(run("whileaway", "version")).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err"))).contains("what broke", "the build failed");
    assertThat(calls()).isEmpty();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(calls);
  }

  private int run(String... command) throws Exception {
    Process process = start(command);
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    return process.exitValue();
  }

  private Process start(String... command) throws IOException {
    command[0] = root.resolve(command[0]).toString();
    var builder = new ProcessBuilder(command).directory(root.resolve("proto").toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder
        .environment()
        .merge("PATH", folder.resolve("bin").toString(), (old, own) -> own + ":" + old);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()));
    return builder.start();
  }

  private void script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + text + "\n");
    file.toFile().setExecutable(true);
  }
}
