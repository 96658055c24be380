/// A user's ledger and backlog, told in plain words.
@NullMarked
package dev.whileaway.aggregator.edge.story;

import org.jspecify.annotations.NullMarked;
