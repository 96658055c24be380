/// Whileaway itself, as a user runs it: `serve` in a process of its own, spoken to by gRPC.
@NullMarked
package dev.whileaway.benchmarks.whileaway;

import org.jspecify.annotations.NullMarked;
