package dev.whileaway.aggregator.raft;

import java.nio.ByteBuffer;
import org.apache.ratis.server.protocol.TermIndex;

/// How a snapshot says which raft entry it reaches.
final class SnapshotPoint {

  private static final int BYTES = 2 * Long.BYTES;

  private SnapshotPoint() {}

  static byte[] encode(TermIndex at) {
    return ByteBuffer.allocate(BYTES).putLong(at.getTerm()).putLong(at.getIndex()).array();
  }

  static TermIndex decode(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalStateException(
          "expected a snapshot point of " + BYTES + " bytes, but found " + bytes.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return TermIndex.valueOf(in.getLong(), in.getLong());
  }
}
