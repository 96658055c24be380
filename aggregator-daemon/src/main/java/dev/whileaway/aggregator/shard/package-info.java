/// The shard machine: what is true of a slice of users, and what each command makes of it.
///
/// There are two kinds of methods here: those that *decide* (they read a `StateView` and return a
/// `Decision` of changes and a reply) and those that *apply* a change to the `ShardState`. A
/// decider has only the read-only face of the state, and so cannot change what it decides about;
/// what becomes of a user's record is worked out by the methods of `UserRecord`, a value. The
/// append of events alone does both at once, on the packed record; `EventAppender` says why.
/// Nothing here reads a clock, draws a random number, does I/O, logs, or depends on an order that
/// another run would not repeat: replicas that are given the same commands are equal byte for byte.
///
/// ## Where things lie
///
/// In memory: one packed `byte[]` a user (`RecordHead` draws its form) and, derived from those, the
/// calendars of what is due. Arrays are replaced and never changed, so a cut for a snapshot is a
/// set of references. Cold records hold the rest; `<id>` is a user's packed id, which begins with
/// its length, so that no user's keys begin like another's:
///
/// ```
/// P <id>             a profile, or the tombstone of a forgotten user
/// L <id> <number:8>  one ledger entry; the shard's numbers grow by one with each
/// N <page:8>         the ledger's calendar: a day, and whose the next entries are, up to 64
/// ```
///
/// ## Sequence numbers
///
/// A user's events are numbered upwards by one. The count lives in the user's record, and the
/// record goes once nothing waits and no event id has to be remembered. So that a seq that a client
/// or the ledger still holds never names a later event, the shard keeps one number, the highest seq
/// of any record that went, and a new record begins after it: seqs of a user only ever grow, but do
/// not begin at 1.
@NullMarked
package dev.whileaway.aggregator.shard;

import org.jspecify.annotations.NullMarked;
