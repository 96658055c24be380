package dev.whileaway.ops.cli;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.WhyKind;
import dev.whileaway.v1.WhyLine;
import dev.whileaway.v1.WhyRequest;
import dev.whileaway.v1.WhyResponse;
import io.grpc.ManagedChannel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `./whileaway why`.
@Command(
    name = "why",
    description = {
      "Tells a user's story in words: what was reported, put off (why), sent (where, and how it"
          + " ended), cleared; and what waits now. Times are UTC. Of a watched user or event,"
          + " each step of the worker too: see `watch`, and `report --watched`."
    },
    footer = "  ./whileaway why anna")
final class WhyCommand extends ClientCommand {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /// Steps follow each other within milliseconds.
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  @Parameters(paramLabel = "USER", description = "Whose story.")
  private String user = "";

  @Override
  void ask(ManagedChannel channel) {
    WhyResponse answer =
        AdminServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE)
            .why(WhyRequest.newBuilder().setUser(user).build());
    print(answer, inWords(answer));
  }

  static String inWords(WhyResponse answer) {
    var text = new StringBuilder();
    for (WhyLine line : answer.getStoryList()) {
      text.append(
          String.format(
              "%s  %-9s  %s%n", moment(line), word(line.getKind()), line.getText().strip()));
    }
    if (answer.getStoryCount() == 0) {
      text.append(String.format("Nothing is remembered of this user.%n"));
    }
    return text.append("now: ").append(answer.getNow()).toString();
  }

  private static String moment(WhyLine line) {
    Instant at = Instant.ofEpochMilli(Timestamps.toMillis(line.getAt()));
    return (line.getKind() == WhyKind.WHY_KIND_STEP ? MILLIS : SECONDS).format(at);
  }

  private static String word(WhyKind kind) {
    return kind.name().replace("WHY_KIND_", "").toLowerCase(Locale.ROOT);
  }
}
