package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.shard.ShardMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdOverlayTest {

  @TempDir Path folder;
  private final RocksSettings rocks = new RocksSettings();
  private ShardDatabase database;
  private ColdOverlay cold;

  @BeforeEach
  void open() throws Exception {
    database = ShardDatabase.open(rocks, folder);
    cold = new ColdOverlay(database);
  }

  @AfterEach
  void close() {
    database.close();
    rocks.close();
  }

  @Test
  void get_atEveryDepth_findsTheNewest() throws Exception {
    put("deep", "1");
    put("hidden", "1");
    ingest(cold.freeze());
    put("frozen", "2");
    cold.freeze();
    put("active", "3");
    cold.delete(bytes("hidden"));

    assertThat(get("deep")).isEqualTo("1");
    assertThat(get("frozen")).isEqualTo("2");
    assertThat(get("active")).isEqualTo("3");
    assertThat(get("hidden")).isNull();
    assertThat(get("never")).isNull();
  }

  @Test
  void layer_isVisited_inOrderOfUnsignedKeys_withWhatWasRemoved() {
    cold.put(new byte[] {1, (byte) 0x80}, bytes("middle"));
    cold.delete(new byte[] {1, (byte) 0xff});
    cold.put(new byte[] {1, 0x01}, bytes("low"));

    List<String> visited = new ArrayList<>();
    cold.freeze().forEach((_, value) -> visited.add(value == null ? "removed" : text(value)));

    assertThat(visited).containsExactly("low", "middle", "removed");
  }

  @Test
  void series_isVisited_amongTheOtherRecords_byItsNumbers() {
    cold.append(bytes("b"), 2, bytes("b2"));
    cold.append(bytes("b"), 1, bytes("b1"));
    cold.append(bytes("b"), 300, bytes("b300"));
    cold.freeze();
    cold.append(bytes("b"), 400, bytes("b400"));
    cold.remove(bytes("b"), 2);
    cold.remove(bytes("b"), 2);
    cold.put(bytes("c"), bytes("c"));
    cold.put(bytes("a"), bytes("a"));

    var before = new byte[1][];
    before[0] = new byte[0];
    List<String> visited = new ArrayList<>();
    cold.freeze()
        .forEach((key, value) -> {
          assertThat(Arrays.compareUnsigned(before[0], key)).isNegative();
          before[0] = key;
          visited.add(value == null ? "removed" : text(value));
        });

    assertThat(visited).containsExactly("a", "removed", "b400", "c");
    assertThat(cold.series(bytes("b")).keySet()).containsExactly(1L, 300L, 400L);
  }

  @Test
  void series_whoseKeyEndsInTheGreatestByte_endsBeforeTheNext() throws Exception {
    byte[] key = {'b', (byte) 0xFF};
    cold.append(key, 1, bytes("mine"));
    cold.append(key, Long.MAX_VALUE, bytes("last"));
    cold.append(new byte[] {'c'}, 1, bytes("other"));
    ingest(cold.freeze());

    assertThat(cold.series(key)).hasSize(2);
    assertThat(cold.series(new byte[] {'c'})).hasSize(1);
  }

  @Test
  void series_thatIsCutAgainAndAgain_holdsNoMoreThanItShows() {
    for (int number = 0; number < 10_000; number++) {
      cold.append(bytes("b"), number, bytes("v"));
      if (number >= 200) {
        cold.remove(bytes("b"), number - 200);
      }
    }

    List<byte[]> visited = new ArrayList<>();
    cold.freeze().forEach((key, _) -> visited.add(key));
    assertThat(cold.series(bytes("b"))).hasSize(200);
    assertThat(visited).hasSize(200);
  }

  /// Random writes, freezes, ingestions and failed ingestions against a plain sorted map.
  @Test
  void overlay_randomUse_equalsASortedMap() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var model = new TreeMap<String, String>();
    var series = new TreeMap<Long, String>();
    List<ColdOverlay.Layer> unwritten = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      String key = "k" + random.nextInt(60);
      switch (random.nextInt(20)) {
        case 0 -> unwritten.add(cold.freeze());
        case 1 -> {
          if (!unwritten.isEmpty()) {
            ingest(unwritten.toArray(ColdOverlay.Layer[]::new));
            unwritten.clear();
          }
        }
        case 2, 3, 4, 5 -> {
          cold.delete(bytes(key));
          model.remove(key);
        }
        case 6, 7, 8 -> {
          cold.append(bytes("s"), step, bytes("v" + step));
          series.put((long) step, "v" + step);
        }
        case 9 -> {
          List<Long> numbers = List.copyOf(series.keySet());
          long number = numbers.isEmpty() ? 0 : numbers.get(random.nextInt(numbers.size()));
          cold.remove(bytes("s"), number);
          series.remove(number);
        }
        default -> {
          put(key, "v" + step);
          model.put(key, "v" + step);
        }
      }
      var found = new TreeMap<Long, String>();
      cold.series(bytes("s")).forEach((number, value) -> found.put(number, text(value)));
      assertThat(found).as("seed %d, step %d", seed, step).isEqualTo(series);
      assertThat(get(key)).as("seed %d, step %d", seed, step).isEqualTo(model.get(key));
    }
    for (int i = 0; i < 60; i++) {
      assertThat(get("k" + i)).as("seed %d", seed).isEqualTo(model.get("k" + i));
    }
  }

  private void ingest(ColdOverlay.Layer... layers) throws Exception {
    List<FrozenState> states =
        List.of(layers).stream()
            .map(layer -> new FrozenState(TermIndex.valueOf(1, 1), NO_CHANGE, layer))
            .toList();
    database.ingest(new SnapshotFile.Content(states));
    List.of(layers).forEach(cold::forget);
  }

  static final ShardMachine.Cut NO_CHANGE =
      new ShardMachine.Cut() {
        @Override
        public byte[] header() {
          return new byte[0];
        }

        @Override
        public int size() {
          return 0;
        }

        @Override
        public void forEach(ShardMachine.Visitor visitor) {}
      };

  private void put(String key, String value) {
    cold.put(bytes(key), bytes(value));
  }

  private String get(String key) {
    byte[] found = cold.get(bytes(key));
    return found == null ? null : text(found);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
