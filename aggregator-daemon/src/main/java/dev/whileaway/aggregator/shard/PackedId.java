package dev.whileaway.aggregator.shard;

import java.util.UUID;

/// A user's id in few bytes: a varint of `length << 2 | form`, then the bytes.
///
/// A decimal number takes 1 to 8 bytes, a UUID 16, anything else its UTF-8. An id has exactly one
/// packed form, and since the length comes first, no packed id is the beginning of another: it can
/// stand in front of a record, or in the middle of a key.
final class PackedId {

  private static final int TEXT = 0;
  private static final int NUMBER = 1;
  private static final int UUID_BYTES = 2;
  private static final int NUMBER_DIGITS_MAX = 18;
  private static final int UUID_LENGTH = 36;

  private PackedId() {}

  static byte[] of(UserId user) {
    var packer = new Packer();
    write(packer, user.value());
    return packer.toBytes();
  }

  static void write(Packer to, String id) {
    if (isNumber(id)) {
      writeNumber(to, Long.parseLong(id));
    } else if (isUuid(id)) {
      var uuid = UUID.fromString(id);
      to.varint(16 << 2 | UUID_BYTES);
      to.fixed64(uuid.getMostSignificantBits()).fixed64(uuid.getLeastSignificantBits());
    } else if (Packer.isAscii(id)) {
      to.varint((long) id.length() << 2 | TEXT).ascii(id);
    } else {
      byte[] utf8 = id.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      to.varint((long) utf8.length << 2 | TEXT).raw(utf8, 0, utf8.length);
    }
  }

  static String read(Unpacker from) {
    int head = from.varint32();
    int length = head >>> 2;
    return switch (head & 3) {
      case TEXT -> from.utf8(length);
      case NUMBER -> Long.toString(readNumber(from, length));
      case UUID_BYTES -> new UUID(from.fixed64(), from.fixed64()).toString();
      default -> throw new IllegalStateException("expected a packed id, but found " + head);
    };
  }

  static void skip(Unpacker from) {
    from.skip(from.varint32() >>> 2);
  }

  /// How many bytes the id in front of a record takes. Asked more than once for each event, so it
  /// makes no [Unpacker].
  static int length(byte[] record) {
    int head = 0;
    int at = 0;
    byte next;
    do {
      next = record[at];
      head |= (next & 0x7F) << 7 * at;
      at++;
    } while (next < 0);
    return at + (head >>> 2);
  }

  /// A hash that is the same in every process, for a table: no secret, so colliding ids must be
  /// borne by whoever uses it.
  static long hash(byte[] bytes, int start, int length) {
    long hash = length * 0x9E3779B97F4A7C15L;
    int at = start;
    int end = start + length;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ (long) Packer.LONG.get(bytes, at));
    }
    for (; at < end; at++) {
      hash = (hash ^ (bytes[at] & 0xFF)) * 0x100000001B3L;
    }
    return mix(hash);
  }

  /// The finisher of SplitMix64 (variant 13 of Stafford): every bit of the input moves every bit of
  /// the result.
  static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  private static void writeNumber(Packer to, long number) {
    int length = Math.max(1, (71 - Long.numberOfLeadingZeros(number)) / 8);
    to.varint(length << 2 | NUMBER);
    for (int i = length - 1; i >= 0; i--) {
      to.put((int) (number >>> 8 * i));
    }
  }

  private static long readNumber(Unpacker from, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | from.get();
    }
    return number;
  }

  private static boolean isNumber(String id) {
    if (id.isEmpty() || id.length() > NUMBER_DIGITS_MAX) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) < '0' || id.charAt(i) > '9') {
        return false;
      }
    }
    return id.charAt(0) != '0' || id.length() == 1;
  }

  private static boolean isUuid(String id) {
    if (id.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = id.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      boolean hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
      if (dash ? c != '-' : !hex) {
        return false;
      }
    }
    return true;
  }
}
