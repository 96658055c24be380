package dev.whileaway.ops.crash;

/// What the suite calls an event. Its id is quoted by the mail that tells it; its sender did
/// nothing else, and so names it in the ledger, which keeps no ids.
record EventName(String id) {

  /// What an id looks like, and nothing else in a mail.
  static final String ID = "ev\\d{7}";

  private static final String SENDER_PREFIX = "by-";

  static EventName of(int number) {
    return new EventName("ev%07d".formatted(number));
  }

  static EventName ofSender(String sender) {
    return new EventName("ev" + sender.substring(SENDER_PREFIX.length()));
  }

  String sender() {
    return SENDER_PREFIX + id.substring("ev".length());
  }
}
