/// Clocks for those who cannot wait: one that is set by hand, and one that runs fast.
@NullMarked
package dev.whileaway.testkit.clock;

import org.jspecify.annotations.NullMarked;
