/// The doors of the daemon: gRPC, HTTP with JSON, and a channel inside the process.
///
/// All three lead to the same service objects. A call passes, from the outside in: the meter
/// ([dev.whileaway.aggregator.edge.meter]), the key check ([dev.whileaway.aggregator.edge.auth]),
/// the place where throwables become statuses ([dev.whileaway.aggregator.edge.status]), the field
/// rules ([dev.whileaway.aggregator.edge.rules]), and then a service
/// ([dev.whileaway.aggregator.edge.service]). Nothing on that way blocks: a service submits to the
/// shard log and answers from the log's thread.
@NullMarked
package dev.whileaway.aggregator.edge;

import org.jspecify.annotations.NullMarked;
