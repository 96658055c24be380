package dev.whileaway.aggregator.edge.rules;

import dev.whileaway.v1.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The violations found so far, and the path of the field that is being looked at. The path is put
/// into words only for a violation: nearly all requests have none.
final class Findings {

  /// Further violations are not even looked for: a refusal's details travel in a header.
  static final int VIOLATIONS_MAX = 100;

  /// The place of a field that is no list's element.
  private static final int NO_INDEX = -1;

  private final String prefix;
  private final List<Violation> violations = new ArrayList<>(0);
  private String[] fields = new String[8];
  private int[] indexes = new int[8];
  private int depth;

  Findings(String prefix) {
    this.prefix = prefix;
  }

  /// Goes into a field, until [#leave].
  void enter(String field) {
    if (depth == fields.length) {
      fields = Arrays.copyOf(fields, 2 * depth);
      indexes = Arrays.copyOf(indexes, 2 * depth);
    }
    fields[depth] = field;
    indexes[depth++] = NO_INDEX;
  }

  /// Goes to an element of the field that was entered, which is a list.
  void element(int index) {
    indexes[depth - 1] = index;
  }

  void leave() {
    depth--;
  }

  void add(String description) {
    violations.add(Violation.newBuilder().setField(path()).setDescription(description).build());
  }

  private String path() {
    var path = new StringBuilder(prefix);
    for (int i = 0; i < depth; i++) {
      path.append(path.isEmpty() ? "" : ".").append(fields[i]);
      if (indexes[i] != NO_INDEX) {
        path.append('[').append(indexes[i]).append(']');
      }
    }
    return path.toString();
  }

  boolean full() {
    return violations.size() >= VIOLATIONS_MAX;
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
