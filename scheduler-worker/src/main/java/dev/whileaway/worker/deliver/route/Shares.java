package dev.whileaway.worker.deliver.route;

/// A worker's places, as its routes share them. A route may hold so many as lie free, or twice that
/// if its importance is high. So whoever is alone gets half or two thirds of them; where both crowd
/// in, high importance gets twice as many as low; and however many routes stand still, some places
/// stay free for the others (dynamic thresholds: Choudhury and Hahne, IEEE/ACM Transactions on
/// Networking 6(2), 1998). Safe for use by many threads.
public final class Shares {

  /// A route may always hold these: where places are few, or many stand still, its share would be
  /// none.
  private static final int ALWAYS = 20;

  private final int places;
  private int held;

  /// @param places digests that the worker has in work at once, at most
  public Shares(int places) {
    this.places = places;
  }

  /// Places that the routes hold, all together.
  synchronized int held() {
    return held;
  }

  /// A route's share, empty.
  Share of(Importance importance) {
    return new Share(timesFree(importance));
  }

  private static int timesFree(Importance importance) {
    return switch (importance) {
      case HIGH -> 2;
      case LOW -> 1;
    };
  }

  /// What one route holds.
  final class Share {

    private final int timesFree;
    private int mine;

    private Share(int timesFree) {
      this.timesFree = timesFree;
    }

    /// @return false: it has its share
    boolean take() {
      synchronized (Shares.this) {
        if (mine >= bound()) {
          return false;
        }
        mine++;
        held++;
        return true;
      }
    }

    /// Beyond the share if need be.
    void join() {
      synchronized (Shares.this) {
        mine++;
        held++;
      }
    }

    void give() {
      synchronized (Shares.this) {
        mine--;
        held--;
      }
    }

    /// Places that it may take more, if nobody else takes any.
    int left() {
      synchronized (Shares.this) {
        // Each that it takes is free no more: mine + x <= times * (free - x).
        int byFree = (timesFree * (places - held) - mine) / (timesFree + 1);
        return Math.max(0, Math.max(byFree, ALWAYS - mine));
      }
    }

    private int bound() {
      return Math.max(ALWAYS, timesFree * (places - held));
    }
  }
}
