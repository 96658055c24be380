/// Push providers for tests and the demo.
@NullMarked
package dev.whileaway.testkit.push;

import org.jspecify.annotations.NullMarked;
