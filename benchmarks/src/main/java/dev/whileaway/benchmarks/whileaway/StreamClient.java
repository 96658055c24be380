package dev.whileaway.benchmarks.whileaway;

import dev.whileaway.benchmarks.WorkEvent;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ReportStreamRequest;
import dev.whileaway.v1.ReportStreamResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Reports on one stream; everything else by calls.
final class StreamClient extends UnaryClient implements StreamObserver<ReportStreamResponse> {

  private final Map<Long, CompletableFuture<Integer>> unanswered = new ConcurrentHashMap<>();
  private final StreamObserver<ReportStreamRequest> stream;
  private long lastId;

  @SuppressWarnings("this-escape") // nothing is answered before the first request
  StreamClient(ManagedChannel channel) {
    super(channel);
    this.stream = EventServiceGrpc.newStub(channel).reportStream(this);
  }

  /// One at a time: a stream takes requests from one thread.
  @Override
  public synchronized CompletionStage<Integer> report(List<WorkEvent> reported) {
    var answer = new CompletableFuture<Integer>();
    long id = ++lastId;
    unanswered.put(id, answer);
    stream.onNext(
        ReportStreamRequest.newBuilder()
            .setRequestId(id)
            .addAllEvents(Requests.events(reported))
            .build());
    return answer;
  }

  @Override
  public void onNext(ReportStreamResponse response) {
    CompletableFuture<Integer> answer = unanswered.remove(response.getRequestId());
    if (answer == null) {
      throw new IllegalStateException(
          "expected the answer to a request, but found " + response.getRequestId());
    }
    if (response.hasReported()) {
      answer.complete(response.getReported().getAccepted());
    } else {
      answer.completeExceptionally(new IOException(response.getRefused().getMessage()));
    }
  }

  @Override
  public void onError(Throwable failure) {
    unanswered.values().forEach(answer -> answer.completeExceptionally(failure));
  }

  @Override
  public void onCompleted() {}
}
