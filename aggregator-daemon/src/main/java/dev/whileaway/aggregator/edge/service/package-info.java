/// The public services, on the shard log. Handlers never block: they submit and answer later.
@NullMarked
package dev.whileaway.aggregator.edge.service;

import org.jspecify.annotations.NullMarked;
