package dev.whileaway.aggregator.shard;

/// An event on its way into a backlog, with what the catalogue says of its type resolved at the
/// edge, so that replay does not depend on today's catalogue.
///
/// @param sender empty: the product itself
/// @param type the type's id in the catalogue, 1 to 65,535
/// @param data at most 4,096 bytes of UTF-8
/// @param eventId the product's id of the event; empty: none
/// @param windowMillis how long a backlog that this event opens gathers
/// @param urgent due at once, and the ladder restarts
/// @param expiresAfterMillis how long it may wait before it is dropped as too old to tell
/// @param watched each step of the digests that tell it is noted
public record NewEvent(
    UserId recipient,
    String sender,
    int type,
    String data,
    String eventId,
    long windowMillis,
    boolean urgent,
    long expiresAfterMillis,
    boolean watched) {

  /// An event that nobody watches, as nearly all are.
  public NewEvent(
      UserId recipient,
      String sender,
      int type,
      String data,
      String eventId,
      long windowMillis,
      boolean urgent,
      long expiresAfterMillis) {
    this(recipient, sender, type, data, eventId, windowMillis, urgent, expiresAfterMillis, false);
  }
}
