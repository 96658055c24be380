package dev.whileaway.worker.pipeline;

import dev.whileaway.worker.deliver.Outcome;
import java.util.List;
import java.util.function.Supplier;

/// How the sends of one digest to several devices are run.
public interface FanOut {

  /// One after the other.
  FanOut IN_ORDER = sends -> sends.stream().map(Supplier::get).toList();

  /// Runs all sends, none of which throws; their outcomes in the same order.
  List<Outcome> run(List<Supplier<Outcome>> sends);
}
