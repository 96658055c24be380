package dev.whileaway.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One event of the workload.
///
/// @param recipient ten digits
/// @param sender ten digits
/// @param data 40 bytes of ASCII
public record WorkEvent(long recipient, long sender, Type type, String data) {

  /// Of the standard catalogue, in the order of its ids from 1.
  public enum Type {
    MESSAGE,
    VISIT,
    FAVOURITE,
    /// Makes its recipient due at once.
    MATCH;

    /// In the standard catalogue.
    public int id() {
      return ordinal() + 1;
    }

    public boolean urgent() {
      return this == MATCH;
    }
  }

  /// Bytes of [#packed].
  public static final int PACKED_BYTES = 57;

  /// What a store that does not look into events keeps: sender, type, time, data.
  public byte[] packed(long nowMillis) {
    return ByteBuffer.allocate(PACKED_BYTES)
        .putLong(sender)
        .put((byte) type.id())
        .putLong(nowMillis)
        .put(data.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
