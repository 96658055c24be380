package dev.whileaway.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Rows for programs: a list of objects with `phase`, `unit`, the median of each contender by its
/// name (null: it did not run), `disk` in the row of the floor, `ratio_to_p2`, and for each
/// contender its `spread` (least and greatest round) and the `cores` that server and client kept
/// busy.
public final class RowsJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private RowsJson() {}

  /// @param contenders all names, also of those that did not run
  public static String of(List<Row> rows, List<String> contenders) {
    ArrayNode all = MAPPER.createArrayNode();
    rows.forEach(row -> write(row, contenders, all.addObject()));
    try {
      return MAPPER.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("expected a tree that can be written", e);
    }
  }

  private static void write(Row row, List<String> contenders, ObjectNode to) {
    to.put("phase", row.phase().id()).put("unit", row.phase().unit());
    contenders.forEach(name ->
        row.cell(name)
            .ifPresentOrElse(cell -> to.put(name, cell.median()), () -> to.putNull(name)));
    row.cell(Row.DISK).ifPresent(cell -> to.put(Row.DISK, cell.median()));
    row.ratioToRival()
        .ifPresentOrElse(ratio -> to.put("ratio_to_p2", ratio), () -> to.putNull("ratio_to_p2"));
    ObjectNode spread = to.putObject("spreads");
    ObjectNode cores = to.putObject("cores");
    row.cells()
        .forEach((name, cell) -> {
          spread.putArray(name).add(cell.min()).add(cell.max());
          cores.putObject(name).put("server", cell.serverCores()).put("client", cell.clientCores());
        });
  }
}
