package dev.whileaway.benchmarks.whileaway;

import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.ClearStreamRequest;
import dev.whileaway.v1.ClearStreamResponse;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ReportStreamRequest;
import dev.whileaway.v1.ReportStreamResponse;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Reports on one stream and clears on another; everything else by calls.
final class StreamClient extends UnaryClient {

  private final RequestStream<ReportStreamRequest, ReportStreamResponse> reports;
  private final RequestStream<ClearStreamRequest, ClearStreamResponse> clears;

  StreamClient(ManagedChannel channel) {
    super(channel);
    var stub = EventServiceGrpc.newStub(channel);
    reports = new RequestStream<>(stub::reportStream, ReportStreamResponse::getRequestId);
    clears = new RequestStream<>(stub::clearStream, ClearStreamResponse::getRequestId);
  }

  @Override
  public CompletionStage<Integer> report(List<WorkEvent> reported) {
    var request = ReportStreamRequest.newBuilder().addAllEvents(Requests.events(reported));
    return reports
        .send(id -> request.setRequestId(id).build())
        .thenApply(answer -> {
          RequestStream.require(!answer.hasRefused(), answer.getRefused());
          return answer.getReported().getAccepted();
        });
  }

  @Override
  public CompletionStage<Integer> clear(long user) {
    var request =
        ClearStreamRequest.newBuilder()
            .setClear(ClearRequest.newBuilder().setUser(Long.toString(user)));
    return clears
        .send(id -> request.setRequestId(id).build())
        .thenApply(answer -> {
          RequestStream.require(!answer.hasRefused(), answer.getRefused());
          return 1;
        });
  }
}
