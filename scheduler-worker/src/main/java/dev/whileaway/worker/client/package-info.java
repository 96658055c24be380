/// The worker's way to the daemons, over gRPC: many virtual threads ask for one user each, few
/// calls go out, and what fails for a moment is repeated.
@NullMarked
package dev.whileaway.worker.client;

import org.jspecify.annotations.NullMarked;
