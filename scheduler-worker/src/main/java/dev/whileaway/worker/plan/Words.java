package dev.whileaway.worker.plan;

/// Small pieces of the sentences that go to the ledger.
final class Words {

  static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /// A sentence and what is added to it; an empty addition adds nothing.
  static String clauses(String sentence, String addition) {
    return addition.isEmpty() ? sentence : sentence + "; " + addition;
  }

  private Words() {}
}
