package dev.whileaway.worker.deliver.route;

/// How many sends may be tried again at once: one for each ten that went well, so that a provider
/// in trouble is not given more to do. What is not tried again here waits in the shard.
///
/// @param tenths ten pay for a retry
record RetryBudget(int tenths) {

  private static final int PRICE = 10;
  private static final int TENTHS_MAX = 200;

  static final RetryBudget BEGIN = new RetryBudget(TENTHS_MAX / 2);

  RetryBudget earned() {
    return tenths < TENTHS_MAX ? new RetryBudget(tenths + 1) : this;
  }

  boolean suffices() {
    return tenths >= PRICE;
  }

  RetryBudget spent() {
    return new RetryBudget(tenths - PRICE);
  }
}
