/// The seam between the shards and what replicates them: [dev.whileaway.aggregator.log.ShardLog].
@NullMarked
package dev.whileaway.aggregator.log;

import org.jspecify.annotations.NullMarked;
