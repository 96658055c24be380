/// All roles in one process: the daemon, and a worker that meets it over the in-process transport.
///
/// The system's clock is read here and nowhere else.
@NullMarked
package dev.whileaway.ops.serve;

import org.jspecify.annotations.NullMarked;
