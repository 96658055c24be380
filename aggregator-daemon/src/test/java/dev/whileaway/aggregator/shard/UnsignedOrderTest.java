package dev.whileaway.aggregator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnsignedOrderTest {

  @Test
  void ordersAsComparingUnsignedBytesDoes() {
    byte[][] keys = random(5_000);

    byte[][] sorted = UnsignedOrder.sorted(keys);

    byte[][] expected = keys.clone();
    Arrays.sort(expected, Arrays::compareUnsigned);
    assertThat(sorted).isDeepEqualTo(expected);
  }

  @Test
  void leavesWhatItIsGivenAsItIs() {
    byte[][] keys = {{2}, {1}};

    assertThat(UnsignedOrder.sorted(keys)).isDeepEqualTo(new byte[][] {{1}, {2}});
    assertThat(keys).isDeepEqualTo(new byte[][] {{2}, {1}});
  }

  @Test
  void takesNothingAndOne() {
    assertThat(UnsignedOrder.sorted(new byte[0][])).isEmpty();
    assertThat(UnsignedOrder.sorted(new byte[][] {{}})).isDeepEqualTo(new byte[][] {{}});
  }

  /// In two of three few different bytes, so that many agree in their beginnings; lengths are
  /// around eight.
  private static byte[][] random(int count) {
    var random = new Random(7);
    byte[] alphabet = {0, 1, (byte) 0x7F, (byte) 0x80, (byte) 0xFF};
    byte[][] keys = new byte[count][];
    for (int i = 0; i < count; i++) {
      keys[i] = new byte[random.nextInt(14)];
      for (int j = 0; j < keys[i].length; j++) {
        keys[i][j] = alphabet[random.nextInt(i % 3 > 0 && j < 6 ? 2 : alphabet.length)];
      }
    }
    return keys;
  }
}
