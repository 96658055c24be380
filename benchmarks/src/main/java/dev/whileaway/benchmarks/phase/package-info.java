/// What is done to a contender, and what comes out. Each phase starts a contender anew in an empty
/// folder, so that phases, rounds and contenders owe nothing to each other.
@NullMarked
package dev.whileaway.benchmarks.phase;

import org.jspecify.annotations.NullMarked;
