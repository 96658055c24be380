package dev.whileaway.aggregator.edge.rules;

import org.jspecify.annotations.Nullable;

/// A form that a text must have.
@FunctionalInterface
interface StringRule {

  /// "expected ..., but found ...", or null if the text has the form.
  @Nullable String broken(String value);
}
