package dev.whileaway.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.benchmarks.phase.Measure;
import dev.whileaway.benchmarks.phase.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final List<String> COLUMNS = List.of("whileaway", "p2");

  private static Cell rounds(double... values) {
    return Cell.of(
        java.util.Arrays.stream(values).mapToObj(value -> new Measure(value, 0.5, 0.25)).toList());
  }

  @Test
  void cell_isTheMedian_betweenLeastAndGreatest() {
    assertThat(rounds(30, 10, 20)).isEqualTo(new Cell(20, 10, 30, 0.5, 0.25));
    assertThat(rounds(30, 10).median()).isEqualTo(20);
  }

  @Test
  void json_namesTheRatio_andWhoDidNotRun() throws Exception {
    var both = new Row(Phase.INGEST_B, Map.of("whileaway", rounds(600), "p2", rounds(200)));
    var alone = new Row(Phase.RESTART, Map.of("whileaway", rounds(2)));

    JsonNode rows = new ObjectMapper().readTree(RowsJson.of(List.of(both, alone), COLUMNS));

    assertThat(rows.get(0).get("phase").asText()).isEqualTo("ingest-b");
    assertThat(rows.get(0).get("unit").asText()).isEqualTo("events/s");
    assertThat(rows.get(0).get("ratio_to_p2").asDouble()).isEqualTo(3);
    assertThat(rows.get(0).get("spreads").get("p2")).hasSize(2);
    assertThat(rows.get(1).get("p2").isNull()).isTrue();
    assertThat(rows.get(1).get("ratio_to_p2").isNull()).isTrue();
  }

  @Test
  void table_saysOfEachRowWhetherLessIsBetter() {
    var rate = new Row(Phase.DUE, Map.of("whileaway", rounds(600), "p2", rounds(200)));
    var span = new Row(Phase.RESTART, Map.of("whileaway", rounds(2), "p2", rounds(4)));

    String[] lines = Table.of(List.of(rate, span), COLUMNS).split("\\R");

    assertThat(lines[1]).contains("due", "600 (600-600) s0.50 c0.25").endsWith("3.00");
    assertThat(lines[2]).endsWith("0.50 (less is better)");
  }

  @Test
  void floor_isNobodysFigure_andStandsInTableAndJson() throws Exception {
    var floor = new Row(Phase.FSYNC, Map.of("disk", rounds(5_000)));

    JsonNode row = new ObjectMapper().readTree(RowsJson.of(List.of(floor), COLUMNS)).get(0);

    assertThat(row.get("disk").asDouble()).isEqualTo(5_000);
    assertThat(row.get("whileaway").isNull()).isTrue();
    assertThat(row.get("spreads").get("disk")).hasSize(2);
    assertThat(Table.of(List.of(floor), COLUMNS))
        .contains("5,000 (5,000-5,000)", "the disk's own floor");
  }

  @Test
  void table_saysWhichRowsFallShort_andWhy() {
    var reached = new Row(Phase.INGEST_B, Map.of("whileaway", rounds(600), "p2", rounds(200)));
    var tight = new Row(Phase.DUE, Map.of("whileaway", rounds(590), "p2", rounds(200)));
    var slow = new Row(Phase.RESTART, Map.of("whileaway", rounds(3.5), "p2", rounds(8)));
    var light = new Row(Phase.MEMORY, Map.of("whileaway", rounds(81)));
    var alone = new Row(Phase.CLEAR, Map.of("whileaway", rounds(10)));

    String table = Table.of(List.of(reached, tight, slow, light, alone), COLUMNS);

    assertThat(table.substring(table.indexOf("Short of")).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("  due: 2.95 times p2, wanted 3. A shard unpacks"))
        .anyMatch(line -> line.startsWith("  restart: 3.50 s, wanted at most 3. A cold JVM"));
  }

  @Test
  void table_isSilent_whereEveryRowReachesItsGoal() {
    var reached = new Row(Phase.DUE, Map.of("whileaway", rounds(600), "p2", rounds(200)));

    assertThat(Table.of(List.of(reached), COLUMNS)).doesNotContain("Short of");
  }
}
