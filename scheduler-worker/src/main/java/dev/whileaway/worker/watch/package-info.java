/// Follows the digests of watched users, and those that have a watched event to tell: every branch
/// that is taken and every value seen, with its time, goes to the log at once and to the ledger at
/// the end. It watches the pipeline as the metrics do, and decides nothing. Of digests that nobody
/// watches it costs a look at their profile and events.
@NullMarked
package dev.whileaway.worker.watch;

import org.jspecify.annotations.NullMarked;
