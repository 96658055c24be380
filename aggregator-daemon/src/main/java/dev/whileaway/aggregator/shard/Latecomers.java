package dev.whileaway.aggregator.shard;

/// What gave way among the events that arrived during a lease. They are not the lease's: they
/// survive its confirm and open the next window.
///
/// @param dueAtMillis when the window that they open is due
/// @param urgent whether one of them was urgent
record Latecomers(Tally tally, long dueAtMillis, boolean urgent) {

  static final Latecomers NONE = new Latecomers(Tally.NONE, Long.MAX_VALUE, false);

  boolean isEmpty() {
    return tally.isEmpty();
  }

  Latecomers plus(KeptEvent event) {
    return new Latecomers(
        tally.plus(event), Math.min(dueAtMillis, event.dueAtMillis()), urgent || event.urgent());
  }

  Latecomers withTally(Tally left) {
    return left.isEmpty() ? NONE : new Latecomers(left, dueAtMillis, urgent);
  }

  void writeTo(Packer to) {
    tally.writeTo(to);
    to.varint(dueAtMillis).put(urgent ? 1 : 0);
  }

  static Latecomers read(Unpacker from) {
    return new Latecomers(Tally.read(from), from.varint(), from.get() == 1);
  }
}
