package dev.whileaway.aggregator.edge.rules;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.v1.Violation;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Checks messages against the `(rules)` that their protos declare, and what holds for every field:
/// known enum numbers, valid durations and moments. Safe for use by many threads; what a type's
/// rules are is found out once.
public final class FieldChecker {

  private final ConcurrentHashMap<Descriptor, MessagePlan> plans = new ConcurrentHashMap<>();
  private final Formats formats;

  public FieldChecker(Catalogue catalogue) {
    this.formats = new Formats(catalogue);
  }

  /// Every violation, up to a hundred, in the order of the fields; empty: the message is well
  /// formed.
  public List<Violation> check(Message message) {
    return check(message, "");
  }

  /// As [#check(Message)], with paths that begin with `prefix`.
  public List<Violation> check(Message message, String prefix) {
    Findings findings = new Findings(prefix);
    plan(message.getDescriptorForType()).check(message, findings);
    return findings.violations();
  }

  public boolean wellFormed(Message message) {
    return check(message).isEmpty();
  }

  /// @throws RefusedException if the message breaks a rule
  public void require(Message message) {
    List<Violation> violations = check(message);
    if (!violations.isEmpty()) {
      throw new RefusedException(violations);
    }
  }

  /// A type that contains itself is planned once: a plan asks for its children's when it first
  /// meets them.
  MessagePlan plan(Descriptor type) {
    MessagePlan known = plans.get(type);
    return known != null
        ? known
        : plans.computeIfAbsent(type, t -> MessagePlan.compile(t, this, formats));
  }
}
