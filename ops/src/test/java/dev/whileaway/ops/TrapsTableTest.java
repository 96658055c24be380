package dev.whileaway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/TRAPS.md` names tests that are there, for every trap.
class TrapsTableTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|.*");

  /// "TRAPS 7, 13" in a comment, "traps7And13" in a name.
  private static final String NUMBERS_BEFORE = "(?i:traps) ?(?:\\d+(?:, |And))*";

  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void table_hasEveryTrap_withATestOrAReason() throws IOException {
    Map<Integer, String> rows = rows();
    assertThat(rows.keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 47).boxed().toList());
    assertThat(rows)
        .allSatisfy((trap, row) ->
            assertThat(NAMED.matcher(row).find() || row.contains("yet: with the issue"))
                .as("trap %d", trap)
                .isTrue());
  }

  @Test
  void table_namesTestsThatExist_andThatNameTheTrap() throws IOException {
    Map<String, String> sources = testSources();
    rows()
        .forEach((trap, row) ->
            NAMED
                .matcher(row)
                .results()
                .forEach(named ->
                    assertThat(sources.get(named.group(1)))
                        .as("the source of %s, for trap %d", named.group(), trap)
                        .isNotNull()
                        .containsPattern("\\n +void " + named.group(2) + "\\(")
                        .containsPattern(NUMBERS_BEFORE + trap + "(?!\\d)")));
  }

  private static Map<Integer, String> rows() throws IOException {
    var rows = new TreeMap<Integer, String>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/TRAPS.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(Integer.parseInt(row.group(1)), line);
      }
    }
    return rows;
  }

  private static Map<String, String> testSources() throws IOException {
    var sources = new HashMap<String, String>();
    for (String module : modules()) {
      Path tests = ROOT.resolve(module).resolve("src/test/java");
      if (Files.isDirectory(tests)) {
        try (Stream<Path> files = Files.walk(tests)) {
          for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
            String name = file.getFileName().toString().replace(".java", "");
            sources.put(name, Files.readString(file));
          }
        }
      }
    }
    return sources;
  }

  private static List<String> modules() throws IOException {
    return Pattern.compile("<module>([^<]+)</module>")
        .matcher(Files.readString(ROOT.resolve("pom.xml")))
        .results()
        .map(module -> module.group(1))
        .toList();
  }
}
