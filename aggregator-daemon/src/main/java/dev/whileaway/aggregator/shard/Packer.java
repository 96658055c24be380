package dev.whileaway.aggregator.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes packed numbers and texts into one buffer that grows and is used again.
///
/// A varint holds seven bits a byte, low bits first. Reading is [Unpacker]'s.
final class Packer {

  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Enough for most keys. A buffer that is used again has soon grown to what it needs.
  private static final int FIRST_BYTES = 64;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  Packer clear() {
    size = 0;
    return this;
  }

  int size() {
    return size;
  }

  /// The buffer itself, for a look at what was written; valid until the next write.
  byte[] buffer() {
    return bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  Packer put(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  Packer varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /// A span of time: most are whole seconds and take two or three bytes then.
  Packer span(long millis) {
    long bounded = Math.clamp(millis, 0, Long.MAX_VALUE >> 1);
    return bounded % 1000 == 0 ? varint(bounded / 1000 << 1) : varint(bounded << 1 | 1);
  }

  Packer fixed64(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
    return this;
  }

  Packer raw(byte[] from, int start, int length) {
    reserve(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
    return this;
  }

  /// The length in bytes, then UTF-8.
  Packer text(String text) {
    if (isAscii(text)) {
      return varint(text.length()).ascii(text);
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return varint(encoded.length).raw(encoded, 0, encoded.length);
  }

  /// One byte a character, all below 128: nothing is allocated.
  Packer ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
