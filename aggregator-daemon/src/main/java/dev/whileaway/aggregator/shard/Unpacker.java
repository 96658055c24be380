package dev.whileaway.aggregator.shard;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [Packer] wrote, from a position onwards. May be moved to another record and used
/// again.
final class Unpacker {

  private byte[] bytes;
  private int at;

  Unpacker(byte[] bytes) {
    this.bytes = bytes;
  }

  Unpacker moveTo(byte[] other, int position) {
    bytes = other;
    at = position;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  /// A copy of all that is left.
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
    at = bytes.length;
    return rest;
  }

  int get() {
    return bytes[at++] & 0xFF;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  int varint32() {
    return Math.toIntExact(varint());
  }

  long span() {
    long packed = varint();
    return (packed & 1) == 0 ? (packed >>> 1) * 1000 : packed >>> 1;
  }

  long fixed64() {
    long value = (long) Packer.LONG.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  String text() {
    return utf8(varint32());
  }

  String utf8(int length) {
    var text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  Unpacker skip(int length) {
    at += length;
    return this;
  }
}
