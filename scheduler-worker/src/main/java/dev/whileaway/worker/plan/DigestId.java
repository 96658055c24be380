package dev.whileaway.worker.plan;

import dev.whileaway.v1.Channel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// Names digests and users to the world outside: 32 hexadecimal digits that tell nothing about the
/// user, and fit into a Message-ID and into APNs' 64 bytes for a collapse id.
public final class DigestId {

  private static final int BYTES = 16;

  /// The same for the same digest, whoever makes it, and again after a crash. The newest event's
  /// time is part of it, so that two backlogs of one user never share an id, and no mailbox takes
  /// the second for a repeat of the first.
  static String of(Due due, Instant newestEventAt, Channel channel) {
    byte[] user = due.user().getBytes(StandardCharsets.UTF_8);
    ByteBuffer name = ByteBuffer.allocate(user.length + 2 * Long.BYTES + 1);
    name.putLong(due.throughSeq()).putLong(newestEventAt.toEpochMilli());
    name.put((byte) channel.getNumber()).put(user);
    return hash(name.array());
  }

  /// One for each user.
  public static String collapseKey(String user) {
    return hash(("collapse " + user).getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(byte[] name) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256 in every Java, but found none", e);
    }
  }

  private DigestId() {}
}
