/// P3u: PostgreSQL, one statement on arrays for each batch. Two tables, events and due; a pull
/// skips rows that others have locked. Every commit is synchronous.
@NullMarked
package dev.whileaway.benchmarks.peer.postgres;

import org.jspecify.annotations.NullMarked;
