/// Certificates that the fakes make for themselves.
@NullMarked
package dev.whileaway.testkit.tls;

import org.jspecify.annotations.NullMarked;
