package dev.whileaway.worker.deliver.mail;

import java.util.Set;

/// What an enhanced status (RFC 3463) says of a mailbox, in an answer as in a bounce.
public final class MailboxStatus {

  /// No such mailbox, or one that is closed (RFC 3463 section 3; 5.1.10 is RFC 7505's null MX).
  private static final Set<String> DEAD = Set.of("5.1.1", "5.1.6", "5.1.10", "5.2.1");

  private static final Set<String> FULL = Set.of("4.2.2", "5.2.2");

  private MailboxStatus() {}

  /// Whether no mail will ever reach it again. Never so for 5.7.x: that speaks of us.
  public static boolean dead(String status) {
    return DEAD.contains(status);
  }

  /// Whether it has no room at present.
  public static boolean full(String status) {
    return FULL.contains(status);
  }
}
