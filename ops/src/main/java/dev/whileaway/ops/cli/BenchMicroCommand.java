package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.micro.Micro;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./whileaway bench micro`.
@Command(
    name = "micro",
    description =
        "Measures the hot parts one by one, under JMH, each in a JVM of its own with the flags of serve: append, clear, pull, due index, codec, presence, plan, render. A few minutes for all of them.",
    footer = "  ./whileaway bench micro Shard --json micro.json")
final class BenchMicroCommand extends ShellCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "REGEX",
      arity = "0..1",
      defaultValue = ".",
      description = "Found in the names of those that run; all unless given.")
  private String regex = ".";

  @Option(names = "--json", paramLabel = "FILE", description = "Takes the figures in JMH's form.")
  private @Nullable Path json;

  @Override
  public Integer call() throws CommandFailure {
    try {
      Micro.run(regex, BenchJvm.flags(), Optional.ofNullable(json));
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }
}
