package dev.whileaway.ops.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.ops.config.ConfigurationException;
import dev.whileaway.ops.config.ConfigurationLoader;
import dev.whileaway.ops.config.PolicySettings;
import dev.whileaway.ops.replay.Replay;
import dev.whileaway.ops.trace.TraceException;
import dev.whileaway.ops.trace.TraceReader;
import dev.whileaway.templates.TemplateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./whileaway replay`.
@Command(
    name = "replay",
    description =
        "Plays a trace in virtual time through the real shards, presence rule, planner and"
            + " renderer, and writes down what would be sent, one JSON line a send.",
    exitCodeList = {
      "0:played to the end",
      "1:failed",
      "2:bad input: no such file, or a line of the trace or a key of the policy is wrong"
    },
    footer = {
      "  ./whileaway replay --trace trace.csv.gz --out sends.jsonl --report report.json",
      "  ./whileaway replay --trace trace.csv.gz --policy whileaway.yaml"
    })
final class ReplayCommand extends ShellCommand implements Callable<Integer> {

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      required = true,
      description = "What happened: CSV, gzipped or not.")
  private Path trace = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the send log goes; stdout unless given.")
  private @Nullable Path out;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Rules of telling in place of the standard ones, as serve --config takes them: the keys"
              + " below policy and presence.online, and templates; the others are checked, and not"
              + " heeded. ops/whileaway.example.yaml explains them.")
  private @Nullable Path policy;

  @Mixin private final ReportFile report = new ReportFile();

  @Override
  public Integer call() throws CommandFailure {
    PolicySettings rules = rules();
    report.check();
    try (TraceReader reader = TraceReader.open(trace);
        Writer log = log()) {
      Replay.Summary summary = Replay.play(reader, rules.templates().load(), rules.policy(), log);
      report.write(new ObjectMapper().writeValueAsString(summary));
      return DONE;
    } catch (TemplateException | IllegalArgumentException e) {
      throw CommandFailure.badInput(e);
    } catch (TraceException e) {
      throw CommandFailure.badInput(trace + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw CommandFailure.badInput("expected a readable file, but found no " + e.getFile());
    } catch (IOException e) {
      throw CommandFailure.failed(e);
    }
  }

  private PolicySettings rules() throws CommandFailure {
    try {
      // Not the environment's: the same file leads to the same log everywhere.
      return policy == null
          ? PolicySettings.STANDARD
          : new ConfigurationLoader(Map.of()).loadPolicy(policy);
    } catch (ConfigurationException e) {
      throw CommandFailure.badInput(e);
    }
  }

  private Writer log() throws IOException {
    return out == null ? new PrintWriter(out(), false) : Files.newBufferedWriter(out);
  }
}
