package dev.whileaway.ops.cli;

import dev.whileaway.v1.SuppressRequest;
import dev.whileaway.v1.SuppressResponse;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import dev.whileaway.v1.SuppressionServiceGrpc;
import io.grpc.ManagedChannel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./whileaway suppression add`.
@Command(
    name = "add",
    description = "Never mails an address again.",
    footer = "  ./whileaway suppression add anna@example.com --detail \"asked by phone\"")
final class SuppressionAddCommand extends ClientCommand {

  @Parameters(paramLabel = "ADDRESS", description = "An e-mail address.")
  private String address = "";

  @Option(names = "--detail", paramLabel = "WORDS", description = "Why, on one line.")
  private String detail = "";

  @Override
  void ask(ManagedChannel channel) {
    SuppressResponse answer =
        SuppressionServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE)
            .suppress(
                SuppressRequest.newBuilder()
                    .setAddress(SuppressedAddress.newBuilder().setAddress(address))
                    .setReason(SuppressionReason.SUPPRESSION_REASON_OPERATOR)
                    .setDetail(detail)
                    .build());
    print(answer, (answer.getAdded() ? "suppressed " : "was suppressed before: ") + address);
  }
}
