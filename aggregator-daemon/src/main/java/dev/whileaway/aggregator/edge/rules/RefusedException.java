package dev.whileaway.aggregator.edge.rules;

import dev.whileaway.v1.Violation;
import java.util.List;

/// A request breaks field rules: INVALID_ARGUMENT, with every violation that was found.
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  /// @param violations at least one
  public RefusedException(List<Violation> violations) {
    // A refusal is ordinary: its stack would only cost.
    super(message(violations), null, false, false);
    this.violations = List.copyOf(violations);
  }

  public static RefusedException of(String field, String description) {
    return new RefusedException(
        List.of(Violation.newBuilder().setField(field).setDescription(description).build()));
  }

  public List<Violation> violations() {
    return violations;
  }

  private static String message(List<Violation> violations) {
    Violation first = violations.getFirst();
    String field = first.getField().isEmpty() ? "" : first.getField() + ": ";
    String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
    return field + first.getDescription() + more;
  }
}
