/// Rounds of phases, interleaved, and what is told of them.
@NullMarked
package dev.whileaway.benchmarks.report;

import org.jspecify.annotations.NullMarked;
