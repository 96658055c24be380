/// What is done to a contender, and what comes out.
///
/// A [Stage][dev.whileaway.benchmarks.phase.Stage] starts a contender in an empty folder, measures
/// one or several [phases][dev.whileaway.benchmarks.phase.Phase], and stops it: stages, rounds and
/// contenders owe nothing to each other, and only one of them runs at a time.
@NullMarked
package dev.whileaway.benchmarks.phase;

import org.jspecify.annotations.NullMarked;
