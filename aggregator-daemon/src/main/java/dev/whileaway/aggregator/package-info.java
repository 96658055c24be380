/// The aggregator daemon: the shards of one node, and the doors to them.
@NullMarked
package dev.whileaway.aggregator;

import org.jspecify.annotations.NullMarked;
