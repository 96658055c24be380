/// A mail server for tests and the demo.
@NullMarked
package dev.whileaway.testkit.smtp;

import org.jspecify.annotations.NullMarked;
