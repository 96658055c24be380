package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.SendIntent.Presumed;
import dev.whileaway.v1.Channel;
import org.jspecify.annotations.Nullable;

/// A worker's lease of a backlog, as the record holds it.
///
/// @param supersededId the id under which the worker was told STALE; 0: it never was
/// @param ttlMillis how long the lease holds, from its grant and from each begin-send
/// @param throughSeq it covers events up to here
/// @param stale something covered was cleared, or the profile changed, since the worker last saw it
/// @param sending null: the sends have not begun
record Claim(
    long leaseId,
    long supersededId,
    String worker,
    long leasedAtMillis,
    long expiresAtMillis,
    long ttlMillis,
    long throughSeq,
    boolean stale,
    @Nullable Sending sending) {

  /// The sends have begun.
  record Sending(long begunAtMillis, SendIntent intent) {}

  static Claim granted(
      long leaseId, String worker, long nowMillis, long ttlMillis, long throughSeq) {
    return new Claim(
        leaseId,
        0,
        worker,
        nowMillis,
        KeptEvent.plus(nowMillis, ttlMillis),
        ttlMillis,
        throughSeq,
        false,
        null);
  }

  boolean covers(KeptEvent event) {
    return event.seq() <= throughSeq;
  }

  boolean isExpired(long nowMillis) {
    return nowMillis >= expiresAtMillis;
  }

  Claim staled() {
    return new Claim(
        leaseId,
        supersededId,
        worker,
        leasedAtMillis,
        expiresAtMillis,
        ttlMillis,
        throughSeq,
        true,
        sending);
  }

  /// The worker is told what is left, and its time starts again. The id is new: a begin-send that
  /// comes again because its STALE got lost must not be taken for one that has seen it.
  Claim refreshed(long newLeaseId, long nowMillis) {
    return new Claim(
        newLeaseId,
        leaseId,
        worker,
        leasedAtMillis,
        KeptEvent.plus(nowMillis, ttlMillis),
        ttlMillis,
        throughSeq,
        false,
        null);
  }

  Claim begun(SendIntent intent, long nowMillis) {
    return new Claim(
        leaseId,
        supersededId,
        worker,
        leasedAtMillis,
        KeptEvent.plus(nowMillis, ttlMillis),
        ttlMillis,
        throughSeq,
        false,
        new Sending(nowMillis, intent));
  }

  /// The expiry is the record's wake time, and stands in its head.
  void writeTo(Packer to) {
    to.varint(leaseId)
        .varint(supersededId)
        .text(worker)
        .varint(leasedAtMillis)
        .span(ttlMillis)
        .varint(throughSeq);
    to.put(stale ? 1 : 0);
    if (sending != null) {
      to.varint(sending.begunAtMillis).varint(sending.intent.channel().getNumber());
      write(to, sending.intent.presumed());
    }
  }

  static Claim read(Unpacker from, long expiresAtMillis, boolean isSending) {
    long leaseId = from.varint();
    long supersededId = from.varint();
    String worker = from.text();
    long leasedAtMillis = from.varint();
    long ttlMillis = from.span();
    long throughSeq = from.varint();
    boolean stale = from.get() == 1;
    Sending sending = isSending ? new Sending(from.varint(), readIntent(from)) : null;
    return new Claim(
        leaseId,
        supersededId,
        worker,
        leasedAtMillis,
        expiresAtMillis,
        ttlMillis,
        throughSeq,
        stale,
        sending);
  }

  private static void write(Packer to, Presumed presumed) {
    switch (presumed) {
      case Presumed.Confirm() -> to.put(0);
      case Presumed.Cancel cancel ->
          to.put(1).span(cancel.timeoutMillis()).put(Schedule.bits(cancel.flags()));
      case Presumed.Nothing() -> to.put(2);
    }
  }

  private static SendIntent readIntent(Unpacker from) {
    Channel channel = Channel.forNumber(from.varint32());
    return new SendIntent(channel == null ? Channel.UNRECOGNIZED : channel, readPresumed(from));
  }

  private static Presumed readPresumed(Unpacker from) {
    int kind = from.get();
    return switch (kind) {
      case 0 -> new Presumed.Confirm();
      case 1 -> new Presumed.Cancel(from.span(), Schedule.flags(from.get()));
      case 2 -> new Presumed.Nothing();
      default -> throw new IllegalStateException("expected a presumed answer, but found " + kind);
    };
  }
}
