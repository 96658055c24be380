package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.v1.ProfileEntry;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/// Reads many profiles with a few reads of each shard.
final class ProfileReader {

  /// A read holds its shard's lock: many users are read in several turns.
  private static final int USERS_PER_READ_MAX = 64;

  private final Shards shards;

  ProfileReader(Shards shards) {
    this.shards = shards;
  }

  /// One entry for each user, in order.
  CompletionStage<List<ProfileEntry>> read(List<String> users) {
    ProfileEntry[] entries = new ProfileEntry[users.size()];
    List<CompletionStage<Boolean>> reads = new ArrayList<>();
    positionsByShard(users)
        .forEach((shard, positions) -> {
          for (int from = 0; from < positions.size(); from += USERS_PER_READ_MAX) {
            int to = Math.min(positions.size(), from + USERS_PER_READ_MAX);
            IntList turn = positions.subList(from, to);
            reads.add(
                shards.log().read(new ShardId(shard), view -> fill(view, users, turn, entries)));
          }
        });
    return Shards.all(reads).thenApply(done -> Arrays.asList(entries));
  }

  private Map<Integer, IntList> positionsByShard(List<String> users) {
    Map<Integer, IntList> positions = new TreeMap<>();
    for (int i = 0; i < users.size(); i++) {
      int shard = shards.of(new UserId(users.get(i))).value();
      positions.computeIfAbsent(shard, s -> new IntArrayList()).add(i);
    }
    return positions;
  }

  private static boolean fill(
      ShardView view, List<String> users, IntList positions, ProfileEntry[] entries) {
    for (int i = 0; i < positions.size(); i++) {
      int position = positions.getInt(i);
      String user = users.get(position);
      entries[position] = entry(user, view.profile(new UserId(user)));
    }
    return true;
  }

  private static ProfileEntry entry(String user, ProfileState state) {
    ProfileEntry.Builder entry = ProfileEntry.newBuilder().setUser(user);
    return switch (state) {
      case ProfileState.Known(var profile) -> entry.setProfile(profile).build();
      case ProfileState.Unknown() ->
          entry.setUnknown(ProfileEntry.Unknown.getDefaultInstance()).build();
      case ProfileState.Forgotten(long atMillis) ->
          entry
              .setForgotten(ProfileEntry.Forgotten.newBuilder().setAt(Wire.timestamp(atMillis)))
              .build();
    };
  }
}
