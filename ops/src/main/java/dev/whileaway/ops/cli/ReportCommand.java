package dev.whileaway.ops.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./whileaway report`.
@Command(
    name = "report",
    description = "Reports an event, or many from a file: something that SENDER did to RECIPIENT.",
    footer = {
      "  ./whileaway report --to anna --from bob --type message --data \"Are you there?\"",
      "  ./whileaway report --file events.jsonl"
    })
final class ReportCommand extends ClientCommand {

  /// What the server takes in one request.
  private static final int EVENTS_PER_REQUEST = 1000;

  @ArgGroup(multiplicity = "1")
  private Input input = new Input();

  static final class Input {
    @ArgGroup(exclusive = false)
    private @Nullable One one;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description =
            "JSON lines, an event each, such as"
                + " {\"recipient\":\"anna\",\"sender\":\"bob\",\"type\":\"message\"}; - for stdin.")
    private @Nullable Path file;
  }

  static final class One {
    @Option(names = "--to", required = true, paramLabel = "RECIPIENT", description = "To whom.")
    private String recipient = "";

    @Option(names = "--from", paramLabel = "SENDER", description = "By whom; none: the product.")
    private String sender = "";

    @Option(
        names = "--type",
        required = true,
        paramLabel = "TYPE",
        description = "A type of the catalogue, such as message.")
    private String type = "";

    @Option(names = "--data", paramLabel = "TEXT", description = "What a digest may show of it.")
    private String data = "";

    @Option(
        names = "--event-id",
        paramLabel = "ID",
        description = "Your own id: the same id counts once.")
    private String eventId = "";

    @Option(
        names = "--watched",
        description =
            "Notes each step of what tells this event, with millisecond times: see `why`.")
    private boolean watched;

    private Event event() {
      return Event.newBuilder()
          .setRecipient(recipient)
          .setSender(sender)
          .setType(type)
          .setData(data)
          .setEventId(eventId)
          .setWatched(watched)
          .build();
    }
  }

  @Override
  void ask(ManagedChannel channel) throws CommandFailure {
    List<Event> events = input.file == null ? List.of(requireOne().event()) : read(input.file);
    var service = EventServiceGrpc.newBlockingStub(channel);
    var total = ReportResponse.newBuilder();
    for (int from = 0; from < events.size(); from += EVENTS_PER_REQUEST) {
      var request = ReportRequest.newBuilder();
      request.addAllEvents(
          events.subList(from, Math.min(events.size(), from + EVENTS_PER_REQUEST)));
      ReportResponse answer = service.withDeadlineAfter(PATIENCE).report(request.build());
      total.setAccepted(total.getAccepted() + answer.getAccepted());
      for (int position : answer.getDuplicatesList()) {
        total.addDuplicates(from + position);
      }
    }
    print(total, inWords(total));
  }

  private One requireOne() {
    if (input.one == null) {
      throw new IllegalStateException("expected one of the two inputs, but found none");
    }
    return input.one;
  }

  private static String inWords(ReportResponse.Builder total) {
    String accepted = "accepted " + count(total.getAccepted(), "event");
    return total.getDuplicatesCount() == 0
        ? accepted
        : accepted + ", " + count(total.getDuplicatesCount(), "duplicate") + " not counted again";
  }

  private static List<Event> read(Path file) throws CommandFailure {
    var events = new ArrayList<Event>();
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          events.add(parse(line, file + ":" + (events.size() + 1)));
        }
      }
    } catch (IOException e) {
      throw CommandFailure.badInput(
          "--file: expected a file that can be read, but found " + e.getMessage());
    }
    return events;
  }

  private static BufferedReader open(Path file) throws IOException {
    return file.toString().equals("-")
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : Files.newBufferedReader(file);
  }

  private static Event parse(String line, String place) throws CommandFailure {
    var event = Event.newBuilder();
    try {
      JsonFormat.parser().merge(line, event);
    } catch (InvalidProtocolBufferException e) {
      throw CommandFailure.badInput(
          place + ": expected an event as JSON, but found that " + e.getMessage());
    }
    return event.build();
  }
}
