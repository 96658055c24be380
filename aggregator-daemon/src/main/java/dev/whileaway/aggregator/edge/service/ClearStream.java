package dev.whileaway.aggregator.edge.service;

import dev.whileaway.v1.ClearResponse;
import dev.whileaway.v1.ClearStreamRequest;
import dev.whileaway.v1.ClearStreamResponse;
import dev.whileaway.v1.Refusal;
import java.util.concurrent.CompletionStage;

/// Visits and clears on a stream.
record ClearStream(Clearer clearer)
    implements RequestStream.Kind<ClearStreamRequest, ClearStreamResponse> {

  @Override
  public CompletionStage<ClearStreamResponse> answer(ClearStreamRequest request) {
    CompletionStage<Integer> cleared =
        request.hasVisit() ? clearer.visit(request.getVisit()) : clearer.clear(request.getClear());
    return cleared.thenApply(
        events -> to(request).setCleared(ClearResponse.newBuilder().setCleared(events)).build());
  }

  @Override
  public ClearStreamResponse refused(ClearStreamRequest request, Refusal refusal) {
    return to(request).setRefused(refusal).build();
  }

  private static ClearStreamResponse.Builder to(ClearStreamRequest request) {
    return ClearStreamResponse.newBuilder().setRequestId(request.getRequestId());
  }
}
