package dev.whileaway.ops.cli;

import dev.whileaway.ops.demo.ServeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/// The flags of a JVM that runs parts of the program by their class names. Only with `-jar` would
/// it heed what the manifest asks for.
final class BenchJvm {

  private BenchJvm() {}

  /// As `serve` has them.
  static List<String> flags() throws IOException {
    var flags = new ArrayList<>(ServeProcess.flags());
    // The cache was trained with another main class.
    flags.removeIf(flag -> flag.startsWith("-XX:AOTCache="));
    flags.addAll(ServeProcess.serveFlags());
    Path program = Path.of(System.getProperty("java.class.path"));
    if (program.endsWith("whileaway.jar")) {
      try (var jar = new JarFile(program.toFile())) {
        Attributes asked = jar.getManifest().getMainAttributes();
        add(flags, "--add-exports=", asked.getValue("Add-Exports"));
        add(flags, "--add-opens=", asked.getValue("Add-Opens"));
        flags.add("--enable-native-access=" + asked.getValue("Enable-Native-Access"));
      }
    }
    return flags;
  }

  private static void add(List<String> flags, String flag, String packages) {
    for (String one : packages.split(" ")) {
      flags.add(flag + one + "=ALL-UNNAMED");
    }
  }
}
