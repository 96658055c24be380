package dev.whileaway.presence;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another process of these tests, with the flags that the library needs.
final class ChildJvm {

  private ChildJvm() {}

  /// Starts `main` with the folder as its argument.
  static Process start(Class<?> main, Path folder, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("--(add|enable|sun).*"))
        .forEach(command::add);
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), main.getName()));
    command.add(folder.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
