package dev.whileaway.ops.cli;

import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.WatchRequest;
import dev.whileaway.v1.WatchResponse;
import io.grpc.ManagedChannel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./whileaway watch`.
@Command(
    name = "watch",
    description = {
      "From now on, notes every branch that is taken for USER, and every value seen, with"
          + " millisecond times: `why` tells them, and the worker's log has them at once."
          + " For one event alone there is `report --watched`."
    },
    footer = {"  ./whileaway watch anna", "  ./whileaway watch anna --off"})
final class WatchCommand extends ClientCommand {

  @Parameters(paramLabel = "USER", description = "Whom to watch.")
  private String user = "";

  @Option(names = "--off", description = "Watch no longer.")
  private boolean off;

  @Override
  void ask(ManagedChannel channel) {
    WatchResponse answer =
        AdminServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE)
            .watch(WatchRequest.newBuilder().setUser(user).setWatched(!off).build());
    print(answer, user + (off ? " is no longer watched" : " is watched"));
  }
}
