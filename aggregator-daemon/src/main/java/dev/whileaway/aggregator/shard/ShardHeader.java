package dev.whileaway.aggregator.shard;

/// The few numbers of a shard that belong to no user.
final class ShardHeader {

  /// The version of the snapshot's form: of this header and of the records. Form 2 had no pushes
  /// that are remembered. Form 3 numbered the entries of each user's ledger from 0, and had another
  /// calendar of them: what is left of those is shown and cut off as others are, and does not age.
  /// Form 4 had no events that are watched.
  private static final int FORM = 5;

  static final int FORM_OF_NUMBERED_NOTES = 4;

  /// Above all numbers of form 3.
  private static final long FIRST_NOTE = 1L << 32;

  final long[] counts = new long[Counter.values().length];
  long nowMillis;
  long lastLeaseId;

  /// No seq up to here is given to a new record. When a record goes, its user's count of seqs goes
  /// with it; this floor, one number for the whole shard, sees to it that the user's next record
  /// begins higher.
  long seqFloor;

  long coldHash;

  /// The number of the last entry of anybody's ledger.
  long lastNote = FIRST_NOTE;

  void writeTo(Packer to) {
    to.varint(FORM).varint(nowMillis).varint(lastLeaseId).varint(seqFloor).fixed64(coldHash);
    to.varint(lastNote);
    to.varint(counts.length);
    for (long count : counts) {
      to.varint(count);
    }
  }

  /// @return the form that was found
  int load(Unpacker from) {
    int form = from.varint32();
    if (form < 1 || form > FORM) {
      throw new IllegalArgumentException(
          "expected a snapshot of form 1 to " + FORM + ", but found form " + form);
    }
    nowMillis = from.varint();
    lastLeaseId = from.varint();
    seqFloor = from.varint();
    coldHash = from.fixed64();
    lastNote = form < FORM_OF_NUMBERED_NOTES ? FIRST_NOTE : from.varint();
    int known = from.varint32();
    for (int i = 0; i < known; i++) {
      counts[i] = from.varint();
    }
    return form;
  }
}
