package dev.whileaway.aggregator.raft;

import java.util.Arrays;

/// The key space of a shard's database: one byte names the room, the rest is the key in it.
///
/// ```
/// 0 0        the raft entry that the snapshot reaches
/// 0 1        the machine's header
/// 1 key      a record of the machine
/// 2 key      a cold record
/// ```
final class ShardKeys {

  static final byte[] POINT = {0, 0};
  static final byte[] HEADER = {0, 1};
  static final byte RECORD = 1;
  static final byte COLD = 2;

  private ShardKeys() {}

  static byte[] in(byte room, byte[] key) {
    byte[] all = new byte[key.length + 1];
    all[0] = room;
    System.arraycopy(key, 0, all, 1, key.length);
    return all;
  }

  /// The key without its room.
  static byte[] bare(byte[] key) {
    return Arrays.copyOfRange(key, 1, key.length);
  }

  /// The first key behind all that begin with `prefix`.
  static byte[] behind(byte[] prefix) {
    int length = prefix.length;
    while (prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    byte[] behind = Arrays.copyOf(prefix, length);
    behind[length - 1]++;
    return behind;
  }
}
