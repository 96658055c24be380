package dev.whileaway.aggregator.edge.service;

import dev.whileaway.v1.Refusal;
import dev.whileaway.v1.ReportStreamRequest;
import dev.whileaway.v1.ReportStreamResponse;
import java.util.concurrent.CompletionStage;

/// Events, reported on a stream.
record ReportStream(Reporter reporter)
    implements RequestStream.Kind<ReportStreamRequest, ReportStreamResponse> {

  @Override
  public CompletionStage<ReportStreamResponse> answer(ReportStreamRequest request) {
    return reporter
        .report(request.getEventsList())
        .thenApply(reported -> to(request).setReported(reported).build());
  }

  @Override
  public ReportStreamResponse refused(ReportStreamRequest request, Refusal refusal) {
    return to(request).setRefused(refusal).build();
  }

  private static ReportStreamResponse.Builder to(ReportStreamRequest request) {
    return ReportStreamResponse.newBuilder().setRequestId(request.getRequestId());
  }
}
