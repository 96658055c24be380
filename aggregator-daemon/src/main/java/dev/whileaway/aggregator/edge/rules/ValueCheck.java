package dev.whileaway.aggregator.edge.rules;

/// Looks at one given value of a field, of the class that protobuf reflection uses for it.
@FunctionalInterface
interface ValueCheck {

  void check(Object value, Findings findings);
}
