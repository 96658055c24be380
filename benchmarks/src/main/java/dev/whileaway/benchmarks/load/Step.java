package dev.whileaway.benchmarks.load;

import java.util.concurrent.CompletionStage;

/// What a lane of a [ClosedLoop] does again and again.
@FunctionalInterface
public interface Step {

  /// Begins one request.
  ///
  /// @return the units that it did, once it is answered; 0: nothing is left, and the lane ends
  CompletionStage<Integer> run();
}
