package dev.whileaway.aggregator.edge.rules;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.whileaway.v1.FieldRules;
import dev.whileaway.v1.Rules;
import org.jspecify.annotations.Nullable;

/// What must be looked at in one field.
///
/// @param value looks at one value, or at one element of a list; null: anything goes
/// @param unset the value that means "not given"; null: the field has explicit presence
/// @param absent what is said if the field is required and not given
record FieldPlan(
    FieldDescriptor field,
    FieldRules rules,
    @Nullable ValueCheck value,
    @Nullable Object unset,
    String absent) {

  /// Null if nothing of the field needs a look.
  static @Nullable FieldPlan compile(FieldDescriptor field, FieldChecker checker, Formats formats) {
    FieldRules rules = field.getOptions().getExtension(Rules.rules);
    ValueCheck value = ValueChecks.of(field, rules, checker, formats);
    boolean bounded = rules.getRequired() || rules.getMaxItems() > 0;
    if (value == null && !bounded) {
      return null;
    }
    Object unset = field.isRepeated() || field.hasPresence() ? null : field.getDefaultValue();
    return new FieldPlan(field, rules, value, unset, ValueChecks.absent(field));
  }

  void check(Message message, Findings findings) {
    findings.enter(field.getName());
    if (field.isRepeated()) {
      checkList(message, findings);
    } else {
      checkOne(message, findings);
    }
    findings.leave();
  }

  private void checkList(Message message, Findings findings) {
    int size = message.getRepeatedFieldCount(field);
    if (size == 0 && rules.getRequired()) {
      findings.add("expected at least 1 element, but found none");
    } else if (rules.getMaxItems() > 0 && size > rules.getMaxItems()) {
      // The elements of such a list are not looked at: the limit exists to bound that work.
      findings.add("expected at most " + rules.getMaxItems() + " elements, but found " + size);
    } else if (value != null) {
      for (int i = 0; i < size && !findings.full(); i++) {
        findings.element(i);
        value.check(message.getRepeatedField(field, i), findings);
      }
    }
  }

  /// Asks the message once where one answer is enough: reflection is what a check costs.
  private void checkOne(Message message, Findings findings) {
    Object given = unset != null || message.hasField(field) ? message.getField(field) : null;
    if (given == null || given.equals(unset)) {
      if (rules.getRequired()) {
        findings.add(absent);
      }
    } else if (value != null) {
      value.check(given, findings);
    }
  }
}
