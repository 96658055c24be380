package dev.whileaway.aggregator.shard;

import it.unimi.dsi.fastutil.longs.Long2ObjectAVLTreeMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which records wake when: the due index of a shard.
///
/// The future is a row of buckets, a second each, of user hashes: eight bytes a user, in the order
/// of arrival, never searched. Once its second has come a bucket is *opened*: each entry is held
/// against the record that it names, what is no longer true is dropped, and the rest joins the
/// *ripe* wakes, which are sorted by moment and user. Whatever is ripe lies in an opened bucket, so
/// the order in which records are taken depends on the records alone, and a replica that rebuilt
/// this index from a snapshot takes the same ones. The index is derived from the records and is in
/// no snapshot itself.
///
/// A record that changes its moment leaves its old entry behind in a bucket that is still shut,
/// until somebody looks through that; in the ripe part it is removed at once.
final class Calendar {

  private static final long BUCKET_MILLIS = 1000;

  private final Moments moments;
  private final Long2ObjectAVLTreeMap<LongArrayList> buckets = new Long2ObjectAVLTreeMap<>();
  private final NavigableSet<Wake> ripe = new TreeSet<>();
  private long openedThrough = Long.MIN_VALUE;
  private @Nullable Earliest earliest;

  Calendar(Moments moments) {
    this.moments = moments;
  }

  /// What the index asks of the records.
  interface Moments {

    /// Visits the true wakes of the users behind a hash.
    void forEachAt(long hash, java.util.function.Consumer<Wake> visitor);
  }

  /// The earliest true wake of the first shut bucket, kept so that asking again is cheap.
  private record Earliest(long bucket, long hash, long atMillis) {}

  void add(long atMillis, long hash, byte[] record) {
    long bucket = Math.floorDiv(atMillis, BUCKET_MILLIS);
    if (bucket <= openedThrough) {
      ripe.add(Wake.of(atMillis, record));
      return;
    }
    buckets.computeIfAbsent(bucket, _ -> new LongArrayList(1)).add(hash);
    if (earliest != null && earliest.bucket == bucket && atMillis < earliest.atMillis) {
      earliest = new Earliest(bucket, hash, atMillis);
    }
  }

  void remove(long atMillis, byte[] record) {
    if (Math.floorDiv(atMillis, BUCKET_MILLIS) <= openedThrough) {
      ripe.remove(Wake.of(atMillis, record));
    }
  }

  /// Opens every bucket whose second has begun.
  void open(long nowMillis) {
    long through = Math.floorDiv(nowMillis, BUCKET_MILLIS);
    while (!buckets.isEmpty() && buckets.firstLongKey() <= through) {
      long bucket = buckets.firstLongKey();
      LongArrayList hashes = buckets.remove(bucket);
      openedThrough = Math.max(openedThrough, bucket);
      for (int i = 0; i < hashes.size(); i++) {
        moments.forEachAt(hashes.getLong(i), this::addIfRipe);
      }
    }
    openedThrough = Math.max(openedThrough, through);
  }

  private void addIfRipe(Wake wake) {
    if (Math.floorDiv(wake.atMillis(), BUCKET_MILLIS) <= openedThrough) {
      ripe.add(wake);
    }
  }

  /// The wakes of opened buckets, earliest first; those of the running second may lie ahead.
  Iterable<Wake> opened() {
    return ripe;
  }

  /// The earliest wake; empty: there is none.
  OptionalLong next() {
    return ripe.isEmpty() ? nextShut() : OptionalLong.of(ripe.first().atMillis());
  }

  /// The earliest wake of a bucket that is still shut.
  OptionalLong nextShut() {
    while (!buckets.isEmpty()) {
      long bucket = buckets.firstLongKey();
      if (earliest == null || earliest.bucket != bucket || !isTrue(earliest)) {
        earliest = findEarliest(bucket);
      }
      if (earliest != null) {
        return OptionalLong.of(earliest.atMillis);
      }
      buckets.remove(bucket);
    }
    return OptionalLong.empty();
  }

  private boolean isTrue(Earliest candidate) {
    return momentOf(candidate.hash, candidate.bucket) == candidate.atMillis;
  }

  /// What is no longer true is dropped on the way. Leases end in the order in which they were
  /// granted, mostly before their time: each pull would go past all that are over.
  private @Nullable Earliest findEarliest(long bucket) {
    LongArrayList hashes = buckets.get(bucket);
    Earliest found = null;
    int kept = 0;
    for (int i = 0; i < hashes.size(); i++) {
      long hash = hashes.getLong(i);
      long at = momentOf(hash, bucket);
      if (at == Long.MAX_VALUE) {
        continue;
      }
      hashes.set(kept++, hash);
      if (found == null || at < found.atMillis) {
        found = new Earliest(bucket, hash, at);
      }
    }
    hashes.size(kept);
    return found;
  }

  /// The earliest true moment in a bucket of the users behind a hash; [Long#MAX_VALUE]: none.
  private long momentOf(long hash, long bucket) {
    long[] earliestAt = {Long.MAX_VALUE};
    moments.forEachAt(
        hash,
        wake -> {
          if (Math.floorDiv(wake.atMillis(), BUCKET_MILLIS) == bucket) {
            earliestAt[0] = Math.min(earliestAt[0], wake.atMillis());
          }
        });
    return earliestAt[0];
  }
}
