package dev.whileaway.aggregator.edge.rules;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.whileaway.v1.Rules;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What must be looked at in messages of one type.
record MessagePlan(List<FieldPlan> fields, List<OneofDescriptor> requiredChoices) {

  static MessagePlan compile(Descriptor type, FieldChecker checker, Formats formats) {
    List<FieldPlan> fields =
        type.getFields().stream()
            .map(field -> FieldPlan.compile(field, checker, formats))
            .filter(Objects::nonNull)
            .toList();
    List<OneofDescriptor> choices =
        type.getRealOneofs().stream()
            .filter(choice -> choice.getOptions().getExtension(Rules.oneRequired))
            .toList();
    return new MessagePlan(fields, choices);
  }

  void check(Message message, Findings findings) {
    for (FieldPlan field : fields) {
      if (findings.full()) {
        return;
      }
      field.check(message, findings);
    }
    for (OneofDescriptor choice : requiredChoices) {
      if (!message.hasOneof(choice)) {
        findings.enter(choice.getName());
        findings.add("expected one of " + members(choice) + ", but found nothing");
        findings.leave();
      }
    }
  }

  private static String members(OneofDescriptor choice) {
    return choice.getFields().stream()
        .map(FieldDescriptor::getName)
        .collect(Collectors.joining(", "));
  }
}
