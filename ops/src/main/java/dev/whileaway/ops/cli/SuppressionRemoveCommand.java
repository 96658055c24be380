package dev.whileaway.ops.cli;

import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionServiceGrpc;
import dev.whileaway.v1.UnsuppressRequest;
import dev.whileaway.v1.UnsuppressResponse;
import io.grpc.ManagedChannel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `./whileaway suppression remove`.
@Command(
    name = "remove",
    description = "Lets an address be mailed again.",
    footer = "  ./whileaway suppression remove anna@example.com")
final class SuppressionRemoveCommand extends ClientCommand {

  @Parameters(
      paramLabel = "ADDRESS",
      description = "An e-mail address, or the print that `suppression list` shows.")
  private String address = "";

  @Override
  void ask(ManagedChannel channel) {
    var named =
        address.contains("@")
            ? SuppressedAddress.newBuilder().setAddress(address)
            : SuppressedAddress.newBuilder().setPrint(address);
    UnsuppressResponse answer =
        SuppressionServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE)
            .unsuppress(UnsuppressRequest.newBuilder().setAddress(named).build());
    print(answer, address + (answer.getRemoved() ? " may be mailed again" : " was not suppressed"));
  }
}
