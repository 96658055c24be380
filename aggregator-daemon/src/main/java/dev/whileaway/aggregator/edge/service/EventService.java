package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.edge.rules.FieldChecker;
import dev.whileaway.aggregator.shard.ShardCommand.ForgetUser;
import dev.whileaway.aggregator.shard.ShardReply.Cleared;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.presence.PresenceStore;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.ClearResponse;
import dev.whileaway.v1.ClearStreamRequest;
import dev.whileaway.v1.ClearStreamResponse;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ForgetRequest;
import dev.whileaway.v1.ForgetResponse;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.GetBacklogResponse;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import dev.whileaway.v1.ReportStreamRequest;
import dev.whileaway.v1.ReportStreamResponse;
import dev.whileaway.v1.VisitRequest;
import dev.whileaway.v1.VisitResponse;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;

/// What a product's back end reports: events and page views.
public final class EventService extends EventServiceGrpc.EventServiceImplBase {

  private final Shards shards;
  private final PresenceStore presence;
  private final FieldChecker checker;
  private final Reporter reporter;
  private final Clearer clearer;
  private final Wire wire;

  public EventService(
      Shards shards,
      PresenceStore presence,
      TypeNames types,
      FieldChecker checker,
      InstantSource clock) {
    this.shards = shards;
    this.presence = presence;
    this.checker = checker;
    this.reporter = new Reporter(shards, types);
    this.clearer = new Clearer(shards, presence, types, clock);
    this.wire = new Wire(types);
  }

  @Override
  public void report(ReportRequest request, StreamObserver<ReportResponse> observer) {
    Answer.with(reporter.report(request.getEventsList()), observer);
  }

  @Override
  public StreamObserver<ReportStreamRequest> reportStream(
      StreamObserver<ReportStreamResponse> observer) {
    return new RequestStream<>(new ReportStream(reporter), checker, observer);
  }

  @Override
  public void visit(VisitRequest request, StreamObserver<VisitResponse> observer) {
    Answer.with(
        clearer
            .visit(request)
            .thenApply(cleared -> VisitResponse.newBuilder().setCleared(cleared).build()),
        observer);
  }

  @Override
  public void clear(ClearRequest request, StreamObserver<ClearResponse> observer) {
    Answer.with(
        clearer
            .clear(request)
            .thenApply(cleared -> ClearResponse.newBuilder().setCleared(cleared).build()),
        observer);
  }

  @Override
  public StreamObserver<ClearStreamRequest> clearStream(
      StreamObserver<ClearStreamResponse> observer) {
    return new RequestStream<>(new ClearStream(clearer), checker, observer);
  }

  @Override
  public void forget(ForgetRequest request, StreamObserver<ForgetResponse> observer) {
    UserId user = new UserId(request.getUser());
    Answer.with(
        shards
            .submit(user, new ForgetUser(user), Cleared.class)
            .thenApply(cleared -> {
              // After the log: should the process die between, a repetition finishes the work.
              presence.forget(user.value());
              return ForgetResponse.newBuilder().setCleared(cleared.events()).build();
            }),
        observer);
  }

  @Override
  public void getBacklog(GetBacklogRequest request, StreamObserver<GetBacklogResponse> observer) {
    UserId user = new UserId(request.getUser());
    Answer.with(shards.read(user, view -> view.backlog(user)).thenApply(wire::backlog), observer);
  }
}
