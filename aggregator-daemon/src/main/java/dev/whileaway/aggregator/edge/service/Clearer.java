package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.shard.ClearScope;
import dev.whileaway.aggregator.shard.ShardCommand.ClearEvents;
import dev.whileaway.aggregator.shard.ShardReply.Cleared;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.presence.PresenceStore;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.VisitRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Takes out of backlogs what their users have seen. Each answer is the number of events removed.
final class Clearer {

  private final Shards shards;
  private final PresenceStore presence;
  private final TypeNames types;
  private final InstantSource clock;

  Clearer(Shards shards, PresenceStore presence, TypeNames types, InstantSource clock) {
    this.shards = shards;
    this.presence = presence;
    this.types = types;
    this.clock = clock;
  }

  CompletionStage<Integer> visit(VisitRequest request) {
    touch(request.getUser(), request.getSurface());
    ClearScope scope =
        new ClearScope(types.ids(request.getTypesList()), Long.MAX_VALUE, /* any sender */ "");
    return clear(new UserId(request.getUser()), scope);
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

  CompletionStage<Integer> clear(ClearRequest request) {
    // Unsigned on the wire: 0 means all, and so does what a long cannot hold.
    long upToSeq = request.getUpToSeq() <= 0 ? Long.MAX_VALUE : request.getUpToSeq();
    return clear(
        new UserId(request.getUser()),
        new ClearScope(types.ids(request.getTypesList()), upToSeq, request.getSender()));
  }

  /// Most page views find nothing to clear: a read says so, and the log stays short.
  private CompletionStage<Integer> clear(UserId user, ClearScope scope) {
    return shards
        .read(user, view -> view.mayClear(user, scope))
        .thenCompose(may ->
            may
                ? shards.submit(user, new ClearEvents(user, scope), Cleared.class)
                : CompletableFuture.completedFuture(new Cleared(0)))
        .thenApply(Cleared::events);
  }
}
