package dev.whileaway.worker.plan;

import dev.whileaway.v1.BacklogFlag;
import java.time.Duration;
import java.util.Set;

/// The answer that a lease gets if its worker is never heard of again after begin-send.
public sealed interface Presumed {

  /// As if confirmed.
  record Confirm() implements Presumed {}

  /// As if cancelled so.
  record Cancel(Duration timeout, Set<BacklogFlag> flags) implements Presumed {}

  /// Nothing was sent: due again, at the risk of a second send.
  record Nothing() implements Presumed {}
}
