package dev.whileaway.aggregator.edge.rules;

import dev.whileaway.v1.Violation;
import java.util.ArrayList;
import java.util.List;

/// The violations found so far, and the path of the field that is being looked at. The path is one
/// growing and shrinking text, so that a request without faults pays little for it.
final class Findings {

  /// Further violations are not even looked for: a refusal's details travel in a header.
  static final int VIOLATIONS_MAX = 100;

  private final StringBuilder path;
  private final List<Violation> violations = new ArrayList<>(0);

  Findings(String prefix) {
    path = new StringBuilder(prefix);
  }

  /// Goes into a field; [#leave] with the answer comes back.
  int enter(String field) {
    int mark = path.length();
    if (mark > 0) {
      path.append('.');
    }
    path.append(field);
    return mark;
  }

  /// Goes into an element of a list.
  int enter(int index) {
    int mark = path.length();
    path.append('[').append(index).append(']');
    return mark;
  }

  void leave(int mark) {
    path.setLength(mark);
  }

  void add(String description) {
    violations.add(
        Violation.newBuilder().setField(path.toString()).setDescription(description).build());
  }

  boolean full() {
    return violations.size() >= VIOLATIONS_MAX;
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
