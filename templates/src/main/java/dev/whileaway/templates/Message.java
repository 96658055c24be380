package dev.whileaway.templates;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.text.PluralRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A text with its plurals and genders, compiled from an ICU message pattern. Immutable, so that
/// any number of threads may share it: ICU's own `MessageFormat` may not be shared (TRAPS 45), and
/// a copy a thread is worth nothing where each send has a virtual thread of its own. ADR 0005.
///
/// Arguments are whole numbers or strings.
record Message(List<Part> parts) {

  /// How a language counts and writes numbers. Immutable.
  record Numbers(PluralRules plurals, LocalizedNumberFormatter format) {}

  /// A piece of a message.
  sealed interface Part {
    /// Text as it stands.
    record Literal(String text) implements Part {}

    /// The value of an argument.
    record Argument(String name) implements Part {}

    /// `#`: the number of the plural around it.
    record Count() implements Part {}

    /// One of several messages, by a number.
    record Plural(
        String argument,
        long offset,
        Map<Long, Message> exact,
        Map<String, Message> forms,
        Message other)
        implements Part {}

    /// One of several messages, by a word.
    record Select(String argument, Map<String, Message> cases, Message other) implements Part {}
  }

  String format(Map<String, ?> arguments, Numbers numbers) {
    var out = new StringBuilder();
    append(out, arguments, numbers, null);
    return out.toString();
  }

  private void append(
      StringBuilder out, Map<String, ?> arguments, Numbers numbers, @Nullable Long count) {
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> out.append(literal.text());
        case Part.Argument argument -> out.append(shown(arguments, argument.name(), numbers));
        case Part.Count _ -> out.append(count == null ? "#" : numbers.format().format(count));
        case Part.Plural plural -> appendPlural(out, plural, arguments, numbers);
        case Part.Select select ->
            select
                .cases()
                .getOrDefault(value(arguments, select.argument()).toString(), select.other())
                .append(out, arguments, numbers, null);
      }
    }
  }

  private static void appendPlural(
      StringBuilder out, Part.Plural plural, Map<String, ?> arguments, Numbers numbers) {
    if (!(value(arguments, plural.argument()) instanceof Number number)) {
      throw new IllegalStateException("expected a number as '" + plural.argument() + "'");
    }
    long whole = number.longValue();
    long count = whole - plural.offset();
    Message form = plural.exact().get(whole);
    if (form == null) {
      form = plural.forms().getOrDefault(numbers.plurals().select(count), plural.other());
    }
    form.append(out, arguments, numbers, count);
  }

  private static String shown(Map<String, ?> arguments, String name, Numbers numbers) {
    Object value = value(arguments, name);
    return value instanceof Number number
        ? numbers.format().format(number.longValue()).toString()
        : value.toString();
  }

  private static Object value(Map<String, ?> arguments, String name) {
    Object value = arguments.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "expected an argument '" + name + "', but found only " + arguments.keySet());
    }
    return value;
  }
}
