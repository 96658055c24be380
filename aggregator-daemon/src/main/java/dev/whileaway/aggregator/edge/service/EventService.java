package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.edge.rules.FieldChecker;
import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.ShardCommand.ClearEvents;
import dev.whileaway.aggregator.shard.ShardCommand.ForgetUser;
import dev.whileaway.aggregator.shard.ShardReply.Cleared;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.presence.PresenceStore;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.ClearResponse;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ForgetRequest;
import dev.whileaway.v1.ForgetResponse;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.GetBacklogResponse;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import dev.whileaway.v1.ReportStreamRequest;
import dev.whileaway.v1.ReportStreamResponse;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.VisitRequest;
import dev.whileaway.v1.VisitResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What a product's back end reports: events and page views.
public final class EventService extends EventServiceGrpc.EventServiceImplBase {

  private final Shards shards;
  private final PresenceStore presence;
  private final TypeNames types;
  private final FieldChecker checker;
  private final InstantSource clock;
  private final Reporter reporter;
  private final Wire wire;

  public EventService(
      Shards shards,
      PresenceStore presence,
      TypeNames types,
      FieldChecker checker,
      InstantSource clock) {
    this.shards = shards;
    this.presence = presence;
    this.types = types;
    this.checker = checker;
    this.clock = clock;
    this.reporter = new Reporter(shards, types);
    this.wire = new Wire(types);
  }

  @Override
  public void report(ReportRequest request, StreamObserver<ReportResponse> observer) {
    Answer.with(reporter.report(request.getEventsList()), observer);
  }

  @Override
  public StreamObserver<ReportStreamRequest> reportStream(
      StreamObserver<ReportStreamResponse> observer) {
    return new ReportStream(
        reporter, checker, (ServerCallStreamObserver<ReportStreamResponse>) observer);
  }

  @Override
  public void visit(VisitRequest request, StreamObserver<VisitResponse> observer) {
    touch(request.getUser(), request.getSurface());
    ClearScope scope =
        new ClearScope(types.ids(request.getTypesList()), Long.MAX_VALUE, /* any sender */ "");
    Answer.with(
        clear(new UserId(request.getUser()), scope)
            .thenApply(cleared -> VisitResponse.newBuilder().setCleared(cleared).build()),
        observer);
  }

  private void touch(String user, Surface surface) {
    Instant now = clock.instant();
    switch (surface) {
      case SURFACE_WEB -> presence.touchWeb(user, now);
      case SURFACE_APP -> presence.touchApp(user, now);
      case SURFACE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("expected a checked surface, but found " + surface);
    }
  }

  @Override
  public void clear(ClearRequest request, StreamObserver<ClearResponse> observer) {
    Answer.with(
        clear(new UserId(request.getUser()), scope(request))
            .thenApply(cleared -> ClearResponse.newBuilder().setCleared(cleared).build()),
        observer);
  }

  private ClearScope scope(ClearRequest request) {
    // Unsigned on the wire: 0 means all, and so does what a long cannot hold.
    long upToSeq = request.getUpToSeq() <= 0 ? Long.MAX_VALUE : request.getUpToSeq();
    return new ClearScope(types.ids(request.getTypesList()), upToSeq, request.getSender());
  }

  /// Most page views find nothing to clear: a read says so, and the log stays short.
  private CompletionStage<Integer> clear(UserId user, ClearScope scope) {
    return shards
        .read(user, view -> view.backlog(user).isPresent())
        .thenCompose(waits ->
            waits
                ? shards.submit(user, new ClearEvents(user, scope), Cleared.class)
                : CompletableFuture.completedFuture(new Cleared(0)))
        .thenApply(Cleared::events);
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
