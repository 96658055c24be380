package dev.whileaway.worker.pipeline;

import java.nio.charset.StandardCharsets;

/// Texts as the ledger takes them.
public final class LedgerText {

  /// What the contract allows of a detail (digests.proto).
  private static final int BYTES_MAX = 1024;

  /// A text that would be refused for its length must not keep a lease from being answered.
  public static String clip(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= BYTES_MAX) {
      return text;
    }
    int end = BYTES_MAX;
    while ((bytes[end] & 0xC0) == 0x80) { // Not in the middle of a character.
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private LedgerText() {}
}
