/// Child processes that end with this one, what they use, and a temporary folder that goes with
/// them. Linux's /proc says what is used.
@NullMarked
package dev.whileaway.benchmarks.process;

import org.jspecify.annotations.NullMarked;
