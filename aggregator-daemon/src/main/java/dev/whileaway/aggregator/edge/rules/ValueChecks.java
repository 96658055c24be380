package dev.whileaway.aggregator.edge.rules;

import com.google.common.base.Utf8;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.FieldRules;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes, from a field and its rules, the look at one of its values.
final class ValueChecks {

  private ValueChecks() {}

  /// Null: anything goes.
  static @Nullable ValueCheck of(
      FieldDescriptor field, FieldRules rules, FieldChecker checker, Formats formats) {
    return switch (field.getJavaType()) {
      case STRING -> string(rules, formats.rule(rules.getFormat()));
      case BYTE_STRING -> rules.getMaxBytes() == 0 ? null : bytes(rules.getMaxBytes());
      case ENUM -> knownEnum(field);
      case INT -> rules.getMaxValue() == 0 ? null : number(rules.getMaxValue(), true);
      case LONG -> rules.getMaxValue() == 0 ? null : number(rules.getMaxValue(), false);
      case MESSAGE -> message(field.getMessageType(), rules, checker);
      case BOOLEAN, FLOAT, DOUBLE -> null;
    };
  }

  /// What is said of a required field that was not given.
  static String absent(FieldDescriptor field) {
    String expected =
        switch (field.getJavaType()) {
          case ENUM -> "one of " + names(field.getEnumType());
          case STRING, BYTE_STRING -> "a text that is not empty";
          case INT, LONG, FLOAT, DOUBLE -> "a number greater than 0";
          case MESSAGE -> "a " + field.getMessageType().getName();
          case BOOLEAN -> "true";
        };
    return "expected " + expected + ", but found nothing";
  }

  private static @Nullable ValueCheck string(FieldRules rules, @Nullable StringRule form) {
    int max = rules.getMaxBytes();
    if (max == 0 && form == null) {
      return null;
    }
    return (value, findings) -> {
      String broken = sizeBroken((String) value, max);
      if (broken == null && form != null) {
        broken = form.broken((String) value);
      }
      if (broken != null) {
        findings.add(broken);
      }
    };
  }

  private static @Nullable String sizeBroken(String value, int max) {
    try {
      int size = Utf8.encodedLength(value);
      return max == 0 || size <= max
          ? null
          : "expected at most " + max + " bytes, but found " + size;
    } catch (IllegalArgumentException loneSurrogate) {
      // Protobuf refuses such text while parsing; JSON can smuggle it in as an escape.
      return "expected Unicode text, but found half a surrogate pair";
    }
  }

  private static ValueCheck bytes(int max) {
    return (value, findings) -> {
      int size = ((ByteString) value).size();
      if (size > max) {
        findings.add("expected at most " + max + " bytes, but found " + size);
      }
    };
  }

  private static ValueCheck number(long max, boolean is32Bit) {
    return (value, findings) -> {
      // Unsigned numbers come as signed ones of the same bits.
      long number = is32Bit ? Integer.toUnsignedLong((Integer) value) : (Long) value;
      if (Long.compareUnsigned(number, max) > 0) {
        findings.add(
            "expected at most "
                + Long.toUnsignedString(max)
                + ", but found "
                + Long.toUnsignedString(number));
      }
    };
  }

  private static ValueCheck knownEnum(FieldDescriptor field) {
    String names = names(field.getEnumType());
    return (value, findings) -> {
      EnumValueDescriptor given = (EnumValueDescriptor) value;
      if (given.getIndex() < 0) {
        findings.add("expected one of " + names + ", but found number " + given.getNumber());
      } else if (given.getNumber() == 0) {
        // Only an element of a list gets here: a single field of this value is not given at all.
        findings.add("expected one of " + names + ", but found nothing");
      }
    };
  }

  private static String names(EnumDescriptor type) {
    return type.getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(EnumValueDescriptor::getName)
        .collect(Collectors.joining(", "));
  }

  private static ValueCheck message(Descriptor type, FieldRules rules, FieldChecker checker) {
    if (type.equals(Duration.getDescriptor())) {
      return duration(rules);
    }
    if (type.equals(Timestamp.getDescriptor())) {
      return ValueChecks::checkTimestamp;
    }
    // Asked for at the first message, not here: a type may contain itself.
    Supplier<MessagePlan> plan = () -> checker.plan(type);
    return (value, findings) -> plan.get().check((Message) value, findings);
  }

  private static ValueCheck duration(FieldRules rules) {
    long min = rules.getMinMillis();
    long max = rules.getMaxMillis() == 0 ? Long.MAX_VALUE : rules.getMaxMillis();
    return (value, findings) -> {
      Duration duration = (Duration) value;
      if (!Durations.isValid(duration)) {
        findings.add(
            "expected a valid duration, but found "
                + duration.getSeconds()
                + " seconds and "
                + duration.getNanos()
                + " nanoseconds");
        return;
      }
      boolean within =
          !Durations.isNegative(duration)
              && Durations.compare(duration, Durations.fromMillis(min)) >= 0
              && Durations.toMillis(duration) <= max;
      if (!within) {
        findings.add(
            "expected "
                + (max == Long.MAX_VALUE
                    ? "at least " + seconds(min)
                    : seconds(min) + " to " + seconds(max))
                + ", but found "
                + Durations.toString(duration));
      }
    };
  }

  private static String seconds(long millis) {
    return Durations.toString(Durations.fromMillis(millis));
  }

  private static void checkTimestamp(Object value, Findings findings) {
    Timestamp moment = (Timestamp) value;
    if (!Timestamps.isValid(moment)) {
      findings.add(
          "expected a moment of the years 1 to 9999, but found "
              + moment.getSeconds()
              + " seconds and "
              + moment.getNanos()
              + " nanoseconds");
    }
  }
}
