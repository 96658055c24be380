/// The same work at several sizes: how the cost of an event, a digest or a user changes as there
/// are more of them, as a table, as JSON and as a plot.
@NullMarked
package dev.whileaway.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
