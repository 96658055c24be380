/// The one place where throwables become gRPC statuses with details; `proto/README.md` is its
/// contract.
@NullMarked
package dev.whileaway.aggregator.edge.status;

import org.jspecify.annotations.NullMarked;
