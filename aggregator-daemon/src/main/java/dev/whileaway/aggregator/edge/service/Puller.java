package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.LeasedBacklog;
import dev.whileaway.aggregator.shard.Retraction;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardReply.Pulled;
import dev.whileaway.v1.Channel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims due backlogs from all shards that are led here.
///
/// A shard with nothing due is only read: pulls come every second, and an empty log entry with its
/// fsync would be the price of each. What is asked for is spread evenly over the shards with
/// something due; a shard that had its full share is asked again for what the others left over. A
/// shard that fails does not keep back what the others have leased. (TRAPS 8, 16)
final class Puller {

  private static final Logger log = LoggerFactory.getLogger(Puller.class);

  private final Shards shards;
  private final InstantSource clock;
  private final AtomicInteger turn = new AtomicInteger();

  Puller(Shards shards, InstantSource clock) {
    this.shards = shards;
    this.clock = clock;
  }

  /// What a worker asks for.
  ///
  /// @param channels of the backlogs' next step; empty: any
  /// @param retractions are wanted too
  record Wish(
      String worker, int limit, long leaseTtlMillis, Set<Channel> channels, boolean retractions) {}

  CompletionStage<Pulled> pull(Wish wish) {
    List<ShardId> led = shards.led();
    List<CompletionStage<Look>> looks = led.stream().map(shard -> look(shard, wish)).toList();
    return Shards.all(looks).thenCompose(seen -> new Pull(wish).begin(seen));
  }

  /// What a read said of a shard.
  private record Look(
      ShardId shard, boolean due, OptionalLong wakesAtMillis, @Nullable Throwable failure) {}

  private CompletionStage<Look> look(ShardId shard, Wish wish) {
    return shards
        .log()
        .read(
            shard,
            view -> {
              long now = Math.max(view.nowMillis(), clock.millis());
              boolean due =
                  view.anythingDue(now, wish.channels())
                      || wish.retractions() && view.anythingToRetract();
              return new Look(shard, due, view.nextWakeAtMillis(), null);
            })
        .exceptionally(thrown -> new Look(shard, false, OptionalLong.empty(), thrown));
  }

  /// One answer to one wish, in rounds. Rounds follow each other, so that nothing here is shared.
  private final class Pull {

    private final Wish wish;
    private final List<LeasedBacklog> leased = new ArrayList<>();
    private final List<Retraction> retractions = new ArrayList<>();
    private final Map<ShardId, Long> wakesAtMillis = new HashMap<>();
    private @Nullable Throwable failure;
    private boolean anyAnswered;

    Pull(Wish wish) {
      this.wish = wish;
    }

    CompletionStage<Pulled> begin(List<Look> looks) {
      List<ShardId> due = new ArrayList<>();
      for (Look look : looks) {
        if (look.failure() != null) {
          failed(look.shard(), look.failure());
        } else {
          answered(look.shard(), look.wakesAtMillis());
          if (look.due()) {
            due.add(look.shard());
          }
        }
      }
      return round(due);
    }

    private CompletionStage<Pulled> round(List<ShardId> due) {
      int wanted = wish.limit() - leased.size();
      if (due.isEmpty() || wanted == 0) {
        return finish();
      }
      List<CompletionStage<Share>> shares = new ArrayList<>();
      int first = Math.floorMod(turn.getAndIncrement(), due.size());
      for (int i = 0; i < Math.min(wanted, due.size()); i++) {
        // What does not divide evenly goes to the first ones, who are others each time.
        int share = wanted / due.size() + (i < wanted % due.size() ? 1 : 0);
        shares.add(submit(due.get((first + i) % due.size()), share));
      }
      return Shards.all(shares).thenCompose(this::collect);
    }

    private CompletionStage<Share> submit(ShardId shard, int limit) {
      return shards
          .submit(
              shard,
              new ShardCommand.PullDue(
                  wish.worker(), limit, wish.leaseTtlMillis(), wish.channels(), wish.retractions()),
              Pulled.class)
          .thenApply(pulled -> new Share(shard, limit, pulled, null))
          .exceptionally(thrown -> new Share(shard, limit, NOTHING, thrown));
    }

    private CompletionStage<Pulled> collect(List<Share> shares) {
      List<ShardId> hasMore = new ArrayList<>();
      for (Share share : shares) {
        if (share.failure() != null) {
          failed(share.shard(), share.failure());
          continue;
        }
        Pulled pulled = share.pulled();
        answered(share.shard(), pulled.nextDueAtMillis());
        leased.addAll(pulled.due());
        retractions.addAll(pulled.retractions());
        boolean full = pulled.due().size() >= share.limit();
        if (full && pulled.nextDueAtMillis().orElse(Long.MAX_VALUE) <= clock.millis()) {
          hasMore.add(share.shard());
        }
      }
      return round(hasMore);
    }

    private CompletionStage<Pulled> finish() {
      Throwable thrown = failure;
      if (thrown != null && !anyAnswered) {
        return CompletableFuture.failedFuture(thrown);
      }
      leased.sort(Comparator.comparingLong(LeasedBacklog::dueAtMillis));
      OptionalLong next = wakesAtMillis.values().stream().mapToLong(Long::longValue).min();
      return CompletableFuture.completedFuture(new Pulled(leased, next, retractions));
    }

    /// A later answer of a shard replaces its earlier one.
    private void answered(ShardId shard, OptionalLong nextAtMillis) {
      anyAnswered = true;
      if (nextAtMillis.isPresent()) {
        wakesAtMillis.put(shard, nextAtMillis.getAsLong());
      } else {
        wakesAtMillis.remove(shard);
      }
    }

    private void failed(ShardId shard, Throwable thrown) {
      log.warn("pull for {}: {} did not answer: {}", wish.worker(), shard, thrown.toString());
      failure = thrown;
    }
  }

  private static final Pulled NOTHING = new Pulled(List.of(), OptionalLong.empty(), List.of());

  /// What one shard gave of what was asked.
  private record Share(ShardId shard, int limit, Pulled pulled, @Nullable Throwable failure) {}
}
