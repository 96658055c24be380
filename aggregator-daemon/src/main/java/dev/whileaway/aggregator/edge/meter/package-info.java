/// What the daemon counts; `docs/METRICS.md` is the catalogue.
@NullMarked
package dev.whileaway.aggregator.edge.meter;

import org.jspecify.annotations.NullMarked;
