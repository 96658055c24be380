package dev.whileaway.worker.deliver;

/// What messages to one provider, or to one domain, have in common.
public interface Way {

  /// Nothing is in the way.
  Way OPEN =
      new Way() {
        @Override
        public String name() {
          return "";
        }

        @Override
        public boolean standsStill() {
          return false;
        }

        @Override
        public String words() {
          return "no limit";
        }
      };

  /// No other way has the same.
  String name();

  /// Whoever waits for a place there waits long.
  boolean standsStill();

  /// How it stands at present, with all values: for those who look into one digest.
  String words();
}
