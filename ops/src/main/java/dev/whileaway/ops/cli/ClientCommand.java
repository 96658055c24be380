package dev.whileaway.ops.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command that asks a running `serve`.
abstract class ClientCommand extends ShellCommand implements Callable<Integer> {

  /// An answer takes milliseconds; a server that is starting may take its time.
  static final Duration PATIENCE = Duration.ofSeconds(15);

  @Mixin ServerOptions server = new ServerOptions();

  @Override
  public final Integer call() throws CommandFailure {
    ManagedChannel channel = server.connect();
    try {
      ask(channel);
      return DONE;
    } catch (StatusRuntimeException e) {
      throw Refusals.of(e, server.server());
    } finally {
      channel.shutdownNow();
    }
  }

  /// Asks and prints.
  abstract void ask(ManagedChannel channel) throws CommandFailure;

  final void print(MessageOrBuilder answer, String inWords) {
    out().println(server.json() ? json(answer) : inWords);
  }

  private static String json(MessageOrBuilder answer) {
    try {
      return JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(answer);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("expected an answer of known types, but found " + answer, e);
    }
  }

  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
