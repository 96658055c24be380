package dev.whileaway.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.benchmarks.Workload;
import dev.whileaway.benchmarks.Workload.Spread;
import dev.whileaway.benchmarks.phase.Phase;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ScalingTest {

  private final Scaling scaling =
      new Scaling(
          List.of(
              point(100_000, Spread.EVEN, 160_000),
              point(100_000, Spread.ZIPF, 80_000),
              point(1_000_000, Spread.EVEN, 120_000),
              point(10_000_000, Spread.EVEN, 40_000)));

  private static Point point(int users, Spread spread, double eventsPerSecond) {
    return new Point(
        new Workload(users, spread),
        Map.of(
            Phase.INGEST_B, eventsPerSecond,
            Phase.CLEAR, 50_000.0,
            Phase.DUE, 30_000.0,
            Phase.MEMORY, 75.5));
  }

  @Test
  void table_andJson_sayEachSize_andWhatDidNotRun() throws Exception {
    assertThat(scaling.table().lines())
        .hasSize(5)
        .element(2)
        .asString()
        .contains("100000 zipf", "80,000.0", "75.5")
        .endsWith("-");

    JsonNode rows = new ObjectMapper().readTree(scaling.json());
    assertThat(rows).hasSize(4);
    assertThat(rows.get(3).get("users").asInt()).isEqualTo(10_000_000);
    assertThat(rows.get(3).get("spread").asText()).isEqualTo("even");
    assertThat(rows.get(3).get("ingest-b").asDouble()).isEqualTo(40_000);
    assertThat(rows.get(3).has("restart")).isFalse();
  }

  @Test
  void plot_setsDecadesApartEvenly_andFiguresFromZero() throws Exception {
    List<double[]> dots = dots(lines(scaling.svg()).getFirst());

    assertThat(dots).hasSize(3);
    assertThat(dots.get(2)[0] - dots.get(1)[0])
        .isGreaterThan(50)
        .isCloseTo(dots.get(1)[0] - dots.get(0)[0], within(0.2));
    // 160, 120 and 40 thousand: heights as 4 to 3 to 1 above the line of zero.
    double zero = dots.get(2)[1] + (dots.get(2)[1] - dots.get(0)[1]) / 3;
    assertThat((zero - dots.get(1)[1]) / (zero - dots.get(0)[1])).isCloseTo(0.75, within(0.01));
    assertThat(zero).isCloseTo(250 - 45, within(0.3));
  }

  @Test
  void figures_areShort() {
    assertThat(List.of(Plot.figure(0), Plot.figure(75.5), Plot.figure(250), Plot.figure(8_000)))
        .containsExactly("0", "75.5", "250", "8000");
    assertThat(List.of(Plot.figure(100_000), Plot.figure(1_500_000), Plot.figure(1e7)))
        .containsExactly("100 k", "1.5 M", "10 M");
  }

  private static List<Element> lines(String svg) throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    var nodes = document.getElementsByTagName("polyline");
    var lines = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      lines.add((Element) nodes.item(i));
    }
    return lines;
  }

  private static List<double[]> dots(Element line) {
    var dots = new ArrayList<double[]>();
    for (String dot : line.getAttribute("points").strip().split(" ")) {
      String[] xy = dot.split(",");
      dots.add(new double[] {Double.parseDouble(xy[0]), Double.parseDouble(xy[1])});
    }
    return dots;
  }
}
