package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.shard.ShardMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
  void scan_mixedDepths_mergesInKeyOrderWithoutTheDeleted() throws Exception {
    put("p/b", "deep");
    put("p/d", "deep");
    put("p/f", "deep");
    put("q", "other prefix");
    ingest(cold.freeze());
    put("p/a", "frozen");
    put("p/d", "frozen");
    cold.freeze();
    cold.delete(bytes("p/f"));
    put("p/g", "active");
    put("o", "other prefix");

    assertThat(scan("p/")).containsExactly("p/a=frozen", "p/b=deep", "p/d=frozen", "p/g=active");
  }

  @Test
  void scan_highBytes_areOrderedUnsigned() throws Exception {
    cold.put(new byte[] {1, (byte) 0xff}, bytes("high"));
    cold.put(new byte[] {1, 0x01}, bytes("low"));
    ingest(cold.freeze());
    cold.put(new byte[] {1, (byte) 0x80}, bytes("middle"));

    List<String> found = new ArrayList<>();
    cold.scan(new byte[] {1}, (key, value) -> found.add(text(value)));
    assertThat(found).containsExactly("low", "middle", "high");
  }

  @Test
  void scan_visitorThatDeletes_seesTheStateBefore() throws Exception {
    put("p/a", "1");
    ingest(cold.freeze());
    put("p/b", "2");

    List<String> found = new ArrayList<>();
    cold.scan(
        bytes("p/"),
        (key, value) -> {
          found.add(text(value));
          cold.delete(key);
        });

    assertThat(found).containsExactly("1", "2");
    assertThat(scan("p/")).isEmpty();
  }

  /// Random writes, freezes, ingestions and failed ingestions against a plain sorted map.
  @Test
  void overlay_randomUse_equalsASortedMap() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var model = new TreeMap<String, String>();
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
        default -> {
          put(key, "v" + step);
          model.put(key, "v" + step);
        }
      }
      assertThat(get(key)).as("seed %d, step %d", seed, step).isEqualTo(model.get(key));
    }
    assertThat(scan("k"))
        .as("seed %d", seed)
        .isEqualTo(
            model.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());
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

  private List<String> scan(String prefix) {
    List<String> found = new ArrayList<>();
    cold.scan(bytes(prefix), (key, value) -> found.add(text(key) + "=" + text(value)));
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
