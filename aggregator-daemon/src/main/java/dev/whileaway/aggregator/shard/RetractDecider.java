package dev.whileaway.aggregator.shard;

import java.util.ArrayList;
import java.util.List;

/// Decides which delivered pushes a worker is to take back. Handing one out forgets it: it is done
/// at most once, and a worker that dies has lost it, without harm. One that nobody asked for until
/// it was too old is forgotten too.
final class RetractDecider {

  /// Of one pull.
  static final int RETRACTIONS_MAX = 100;

  private RetractDecider() {}

  /// @param draft takes the changes
  static List<Retraction> take(Decision.Draft draft, StateView view, String worker) {
    var taken = new ArrayList<Retraction>();
    var due = view.retractions();
    for (int i = 0; i < RETRACTIONS_MAX; i++) {
      UserRecord remnant = due.next();
      Told told = remnant == null ? null : remnant.told();
      if (remnant == null || told == null) {
        break;
      }
      draft.replace(remnant.told(null));
      if (view.nowMillis() < told.endsAtMillis()) {
        taken.add(new Retraction(remnant.user(), told.digestId(), told.atMillis()));
        draft.note(remnant.user(), Notes.retracted(worker, told.digestId()), view.nowMillis());
      }
    }
    draft.count(Counter.RETRACTED, taken.size());
    return List.copyOf(taken);
  }
}
