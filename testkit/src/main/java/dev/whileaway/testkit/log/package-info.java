/// What a class writes to the log while a test runs.
@NullMarked
package dev.whileaway.testkit.log;

import org.jspecify.annotations.NullMarked;
