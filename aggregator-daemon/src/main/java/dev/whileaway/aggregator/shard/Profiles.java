package dev.whileaway.aggregator.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.whileaway.aggregator.shard.ShardView.ProfileState;
import dev.whileaway.v1.Profile;
import org.jspecify.annotations.Nullable;

/// Profiles, and the tombstones of forgotten users, as cold records.
///
/// A record is a byte that says which of the two it is, then the profile, or the moment at which
/// the account was deleted. A tombstone stays until the id is used again: others may hold events of
/// that sender for as long as they like.
final class Profiles {

  private static final char SPACE = 'P';
  private static final int PROFILE = 1;
  private static final int TOMBSTONE = 2;

  private final ColdStore cold;

  Profiles(ColdStore cold) {
    this.cold = cold;
  }

  ProfileState get(UserId user) {
    byte @Nullable [] record = cold.get(key(user));
    if (record == null) {
      return new ProfileState.Unknown();
    }
    var from = new Unpacker(record);
    int kind = from.get();
    return switch (kind) {
      case PROFILE -> new ProfileState.Known(parse(record));
      case TOMBSTONE -> new ProfileState.Forgotten(from.varint());
      default -> throw new IllegalStateException("expected a profile record, but found " + kind);
    };
  }

  void put(UserId user, Profile profile) {
    byte[] bytes = profile.toByteArray();
    cold.put(key(user), new Packer().put(PROFILE).raw(bytes, 0, bytes.length).toBytes());
  }

  void delete(UserId user) {
    cold.delete(key(user));
  }

  void bury(UserId user, long nowMillis) {
    cold.put(key(user), new Packer().put(TOMBSTONE).varint(nowMillis).toBytes());
  }

  private static Profile parse(byte[] record) {
    try {
      return Profile.parser().parseFrom(record, 1, record.length - 1);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("expected a profile, but found a broken record", e);
    }
  }

  private static byte[] key(UserId user) {
    return ColdStore.key(SPACE, user).toBytes();
  }
}
