package dev.whileaway.worker.plan;

/// Small pieces of the sentences that go to the ledger.
final class Words {

  static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private Words() {}
}
