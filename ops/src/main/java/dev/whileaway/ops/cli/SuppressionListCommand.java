package dev.whileaway.ops.cli;

import dev.whileaway.v1.ListSuppressionsRequest;
import dev.whileaway.v1.ListSuppressionsResponse;
import dev.whileaway.v1.Suppression;
import dev.whileaway.v1.SuppressionServiceGrpc;
import io.grpc.ManagedChannel;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;

/// `./whileaway suppression list`.
@Command(
    name = "list",
    description = {
      "Shows the suppression list, by address. Of an address that only a bounce named, its print"
          + " is shown. Times are UTC."
    },
    footer = "  ./whileaway suppression list --json")
final class SuppressionListCommand extends ClientCommand {

  private static final String REASON = "SUPPRESSION_REASON_";

  @Override
  void ask(ManagedChannel channel) {
    var all = ListSuppressionsResponse.newBuilder();
    var next = "";
    do {
      ListSuppressionsResponse page =
          SuppressionServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE)
              .listSuppressions(ListSuppressionsRequest.newBuilder().setAfter(next).build());
      all.addAllSuppressions(page.getSuppressionsList());
      next = page.getNext();
    } while (!next.isEmpty());
    print(all, inWords(all));
  }

  private static String inWords(ListSuppressionsResponse.Builder all) {
    if (all.getSuppressionsCount() == 0) {
      return "No address is suppressed.";
    }
    var text = new StringBuilder();
    all.getSuppressionsList().stream()
        .map(SuppressionListCommand::inWords)
        .sorted()
        .forEach(line -> text.append(line).append(System.lineSeparator()));
    int count = all.getSuppressionsCount();
    return text.append(count).append(count == 1 ? " address" : " addresses").toString();
  }

  static String inWords(Suppression suppression) {
    var name =
        suppression.getAddress().isEmpty() ? suppression.getPrint() : suppression.getAddress();
    var reason = suppression.getReason().name().substring(REASON.length());
    return "%-32s  %s  %-10s  %s"
        .formatted(
            name,
            Instant.ofEpochSecond(suppression.getAt().getSeconds())
                .toString()
                .replace('T', ' ')
                .replace("Z", ""),
            reason.toLowerCase(Locale.ROOT),
            suppression.getDetail())
        .stripTrailing();
  }
}
