/// The field rules that the protos declare, and the one checker that enforces them.
@NullMarked
package dev.whileaway.aggregator.edge.rules;

import org.jspecify.annotations.NullMarked;
