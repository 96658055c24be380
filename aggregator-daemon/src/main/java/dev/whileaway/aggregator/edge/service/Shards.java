package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.log.ShardLog;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The shard log as services see it: by user.
public final class Shards {

  private final ShardLog log;
  private final ShardMap map;

  public Shards(ShardLog log) {
    this.log = log;
    this.map = new ShardMap(log.shards());
  }

  ShardLog log() {
    return log;
  }

  ShardId of(UserId user) {
    return map.shardOf(user);
  }

  List<ShardId> all() {
    return IntStream.range(0, log.shards()).mapToObj(ShardId::new).toList();
  }

  /// The shards that take commands here.
  List<ShardId> led() {
    return all().stream()
        .filter(shard -> log.status(shard).role() == ShardLog.Role.LEADER)
        .toList();
  }

  /// Submits a command; `kind` is the reply that it has.
  <R extends ShardReply> CompletionStage<R> submit(
      ShardId shard, ShardCommand command, Class<R> kind) {
    return log.submit(shard, command).thenApply(kind::cast);
  }

  <R extends ShardReply> CompletionStage<R> submit(
      UserId user, ShardCommand command, Class<R> kind) {
    return submit(of(user), command, kind);
  }

  <T> CompletionStage<T> read(UserId user, Function<ShardView, T> query) {
    return log.read(of(user), query);
  }

  /// All results, in order, once the last is there; the first failure, at once.
  static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
    if (stages.size() == 1) {
      return stages.getFirst().thenApply(List::of);
    }
    CompletableFuture<?>[] futures =
        stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    CompletableFuture<List<T>> all = new CompletableFuture<>();
    for (CompletableFuture<?> future : futures) {
      var _ = future.exceptionally(thrown -> fail(all, thrown));
    }
    var _ = CompletableFuture.allOf(futures).thenRun(() -> all.complete(results(stages)));
    return all;
  }

  private static <T> @Nullable T fail(CompletableFuture<?> all, Throwable thrown) {
    all.completeExceptionally(thrown);
    return null;
  }

  private static <T> List<T> results(List<CompletionStage<T>> done) {
    List<T> results = new ArrayList<>(done.size());
    done.forEach(stage -> results.add(stage.toCompletableFuture().join()));
    return results;
  }
}
