package dev.whileaway.ops.cli;

import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.VisitRequest;
import dev.whileaway.v1.VisitResponse;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./whileaway visit`.
@Command(
    name = "visit",
    description =
        "Says that USER looks at a page now: the user is present, and what waited has been seen.",
    footer = {
      "  ./whileaway visit anna",
      "  ./whileaway visit anna --surface app --type message --type favourite"
    })
final class VisitCommand extends ClientCommand {

  enum Where {
    WEB,
    APP
  }

  @Parameters(paramLabel = "USER", description = "Who looks.")
  private String user = "";

  @Option(
      names = "--surface",
      defaultValue = "web",
      description = "Where: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
  private Where surface = Where.WEB;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "What the page shows, if not everything; may be repeated.")
  private List<String> types = new ArrayList<>();

  @Override
  void ask(ManagedChannel channel) {
    VisitResponse answer =
        EventServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE)
            .visit(
                VisitRequest.newBuilder()
                    .setUser(user)
                    .setSurface(
                        switch (surface) {
                          case WEB -> Surface.SURFACE_WEB;
                          case APP -> Surface.SURFACE_APP;
                        })
                    .addAllTypes(types)
                    .build());
    print(answer, "cleared " + count(answer.getCleared(), "event"));
  }
}
