/// The suppression list: addresses that are never mailed again, with reason and time.
///
/// It belongs to the node, not to a shard: it is asked by address, and shards know users. It is
/// small, seldom written, and kept whole in memory; a file beside the shards' makes it durable.
@NullMarked
package dev.whileaway.aggregator.suppression;

import org.jspecify.annotations.NullMarked;
