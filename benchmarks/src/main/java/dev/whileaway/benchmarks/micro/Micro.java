package dev.whileaway.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the benchmarks of this package; JMH tells of them on stdout.
public final class Micro {

  private Micro() {}

  /// Each benchmark runs in a JVM of its own.
  ///
  /// @param regex found in the full names of those that are to run
  /// @param jvmFlags of those JVMs
  /// @param json takes the figures in JMH's form
  /// @throws IOException if none is found, or one fails
  public static void run(String regex, List<String> jvmFlags, Optional<Path> json)
      throws IOException {
    var options =
        new OptionsBuilder()
            .include(regex)
            .jvmArgs(jvmFlags.toArray(String[]::new))
            .shouldFailOnError(true);
    json.ifPresent(file -> options.resultFormat(ResultFormatType.JSON).result(file.toString()));
    try {
      if (new Runner(options.build()).run().isEmpty()) {
        throw new IOException("expected a benchmark whose name has " + regex + ", but found none");
      }
    } catch (RunnerException e) {
      throw new IOException("expected every benchmark to run, but found " + e.getMessage(), e);
    }
  }
}
