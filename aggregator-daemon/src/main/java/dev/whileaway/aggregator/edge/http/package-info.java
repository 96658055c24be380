/// The HTTP port: the same API as JSON, its docs page, health and metrics.
@NullMarked
package dev.whileaway.aggregator.edge.http;

import org.jspecify.annotations.NullMarked;
