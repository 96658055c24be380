package dev.whileaway.worker.deliver.mail;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.v1.SuppressedAddress;
import dev.whileaway.v1.SuppressionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A suppression list in memory, which can be out of reach.
public final class RememberedSuppressions implements Suppressions {

  /// What was added.
  public record Added(SuppressedAddress address, SuppressionReason reason, String detail) {}

  private final List<Added> added = new ArrayList<>();
  private boolean away;

  @Override
  public synchronized Optional<String> why(String address) {
    requireReach();
    var print = AddressPrint.of(address);
    return added.stream()
        .filter(entry -> print(entry.address()).equals(print))
        .findFirst()
        .map(Added::detail);
  }

  @Override
  public synchronized void add(SuppressedAddress address, SuppressionReason reason, String detail) {
    requireReach();
    added.add(new Added(address, reason, detail));
  }

  public synchronized List<Added> all() {
    return List.copyOf(added);
  }

  public synchronized void away(boolean away) {
    this.away = away;
  }

  private void requireReach() {
    if (away) {
      throw new IllegalStateException("away");
    }
  }

  private static AddressPrint print(SuppressedAddress address) {
    return address.hasPrint()
        ? new AddressPrint(address.getPrint())
        : AddressPrint.of(address.getAddress());
  }
}
