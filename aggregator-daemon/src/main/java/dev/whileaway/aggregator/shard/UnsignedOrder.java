package dev.whileaway.aggregator.shard;

import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;

/// Puts byte arrays into the order of their unsigned bytes, as a database wants its keys.
///
/// Hundreds of thousands of arrays lie all over the heap: a sort that compares them waits for the
/// memory at each comparison. So their first eight bytes are taken out once and sorted as numbers.
/// Keys begin alike, so arrays that agree in those are sorted by their next eight in the same way;
/// only a handful are compared.
public final class UnsignedOrder {

  private static final int HANDFUL = 16;

  private UnsignedOrder() {}

  /// A new array; `unsorted` stays as it is.
  public static byte[][] sorted(byte[][] unsorted) {
    byte[][] sorted = unsorted.clone();
    sort(sorted, 0, sorted.length, 0);
    return sorted;
  }

  /// @param start of those, up to `end`, that agree in what lies before `offset`
  private static void sort(byte[][] arrays, int start, int end, int offset) {
    if (end - start <= HANDFUL || noneReaches(offset, arrays, start, end)) {
      Arrays.sort(arrays, start, end, Arrays::compareUnsigned);
      return;
    }
    byte[][] unsorted = Arrays.copyOfRange(arrays, start, end);
    long[] words = new long[unsorted.length];
    long[] places = new long[unsorted.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(unsorted[i], offset);
      places[i] = i;
    }
    LongArrays.radixSort(words, places);
    for (int i = 0; i < words.length; i++) {
      arrays[start + i] = unsorted[(int) places[i]];
    }
    int run = 0;
    for (int i = 1; i <= words.length; i++) {
      if (i == words.length || words[i] != words[run]) {
        sort(arrays, start + run, start + i, offset + Long.BYTES);
        run = i;
      }
    }
  }

  private static boolean noneReaches(int offset, byte[][] arrays, int start, int end) {
    return Arrays.stream(arrays, start, end).noneMatch(bytes -> bytes.length > offset);
  }

  /// As a signed number that orders as the bytes do. What is missing of a short array counts as
  /// zeros: it meets those that have zeros there, and is compared in the end.
  private static long word(byte[] bytes, int offset) {
    int from = Math.min(offset, bytes.length);
    long word =
        from + Long.BYTES <= bytes.length
            ? (long) Packer.LONG.get(bytes, from)
            : (long) Packer.LONG.get(Arrays.copyOfRange(bytes, from, from + Long.BYTES), 0);
    return Long.reverseBytes(word) ^ Long.MIN_VALUE;
  }
}
