package dev.whileaway.benchmarks;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// A connection to a contender. Calls do not wait; their answers come when what they changed is
/// fsynced. Safe for the threads of one loop.
public interface Client extends AutoCloseable {

  /// Adds events to the backlogs of their recipients: all of them, or, on failure, none.
  ///
  /// @return how many were taken
  CompletionStage<Integer> report(List<WorkEvent> events);

  /// Leases users that are due, with all their events, for a minute.
  ///
  /// @return empty: nobody is due
  CompletionStage<Claims> pull(int limit);

  /// Removes what was leased; a lease that was lost removes nothing.
  ///
  /// @return how many leases were still held
  CompletionStage<Integer> confirm(Claims claims);

  /// Removes all that waits for a user.
  ///
  /// @return the users cleared: 1
  CompletionStage<Integer> clear(long user);

  /// How many events wait for a user.
  CompletionStage<Integer> waiting(long user);

  @Override
  void close();

  /// What was leased by one pull; how it is remembered is the contender's matter.
  interface Claims {
    int users();

    int events();
  }
}
