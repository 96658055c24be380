/// Requests in a closed loop, and what is read off it: units, seconds, seconds of processor.
@NullMarked
package dev.whileaway.benchmarks.load;

import org.jspecify.annotations.NullMarked;
