package dev.whileaway.worker.pull;

import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.pipeline.FanOut;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Sends to all devices at once, each on a virtual thread; a profile has 20 at most.
public final class DeviceThreads implements FanOut {

  @Override
  public List<Outcome> run(List<Supplier<Outcome>> sends) {
    if (sends.size() <= 1) {
      return FanOut.IN_ORDER.run(sends);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> under = sends.stream().map(send -> threads.submit(send::get)).toList();
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> one : under) {
        try {
          outcomes.add(one.get());
        } catch (InterruptedException _) {
          threads.shutdownNow(); // Those still under way end as unknown, too.
          outcomes.add(new Outcome.Unknown("interrupted while sending"));
        } catch (ExecutionException e) {
          outcomes.add(new Outcome.Unknown("the sender broke: " + e.getCause()));
        }
      }
      return outcomes;
    }
  }
}
