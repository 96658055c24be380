package dev.whileaway.aggregator.shard;

import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;

/// Puts byte arrays into the order of their unsigned bytes, as a database wants its keys.
///
/// Hundreds of thousands of arrays lie all over the heap: a sort that compares them waits for the
/// memory at each comparison. So their first eight bytes are taken out once and sorted as numbers;
/// only arrays that agree in those are compared.
public final class UnsignedOrder {

  private UnsignedOrder() {}

  /// A new array; `unsorted` stays as it is.
  public static byte[][] sorted(byte[][] unsorted) {
    long[] prefixes = new long[unsorted.length];
    long[] places = new long[unsorted.length];
    for (int i = 0; i < unsorted.length; i++) {
      prefixes[i] = prefix(unsorted[i]);
      places[i] = i;
    }
    LongArrays.radixSort(prefixes, places);
    byte[][] sorted = new byte[unsorted.length][];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = unsorted[(int) places[i]];
    }
    sortRuns(sorted, prefixes);
    return sorted;
  }

  private static void sortRuns(byte[][] sorted, long[] prefixes) {
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || prefixes[i] != prefixes[start]) {
        if (i - start > 1) {
          Arrays.sort(sorted, start, i, Arrays::compareUnsigned);
        }
        start = i;
      }
    }
  }

  /// As a signed number that orders as the bytes do. What is missing of a short array counts as
  /// zeros: then it meets those that have zeros there, and is compared.
  private static long prefix(byte[] bytes) {
    byte[] whole = bytes.length < Long.BYTES ? Arrays.copyOf(bytes, Long.BYTES) : bytes;
    return Long.reverseBytes((long) Packer.LONG.get(whole, 0)) ^ Long.MIN_VALUE;
  }
}
