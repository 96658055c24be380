package dev.whileaway.worker.deliver.mail;

import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import java.util.Optional;

/// Addresses that are never mailed again. Safe for use by many threads; calls block, and throw an
/// unchecked exception if the list cannot be reached.
public interface Suppressions {

  /// Nothing is suppressed, and nothing is remembered.
  Suppressions NONE =
      new Suppressions() {
        @Override
        public Optional<String> why(String address) {
          return Optional.empty();
        }

        @Override
        public void add(SuppressedAddress address, SuppressionReason reason, String detail) {}
      };

  /// Why an address is suppressed, in words; empty: it may be mailed.
  Optional<String> why(String address);

  /// Suppresses an address, unless it is already.
  ///
  /// @param detail what the other side said
  void add(SuppressedAddress address, SuppressionReason reason, String detail);
}
