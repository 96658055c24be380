package dev.whileaway.templates;

import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.text.MessagePatternUtil;
import com.ibm.icu.text.MessagePatternUtil.ArgNode;
import com.ibm.icu.text.MessagePatternUtil.MessageNode;
import com.ibm.icu.text.MessagePatternUtil.TextNode;
import com.ibm.icu.text.MessagePatternUtil.VariantNode;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.text.PluralRules.SampleType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compiles the texts of one language, and refuses at load what would look wrong in a mailbox: an
/// unknown placeholder, or a plural without all the forms of the language (TRAPS 31).
final class MessageCompiler {

  private final Locale locale;
  private final Message.Numbers numbers;
  private final Set<String> forms;

  MessageCompiler(Locale locale) {
    this.locale = locale;
    PluralRules rules = PluralRules.forLocale(locale);
    this.numbers = new Message.Numbers(rules, NumberFormatter.withLocale(locale));
    this.forms = new TreeSet<>(rules.getKeywords());
    // A form without whole numbers, such as the Russian "other" of 1.5, is never chosen for a
    // count.
    forms.removeIf(form -> rules.getSamples(form, SampleType.INTEGER) == null);
    forms.add(PluralRules.KEYWORD_OTHER);
  }

  Message.Numbers numbers() {
    return numbers;
  }

  /// @param counts the placeholders that are numbers
  /// @param words the placeholders that are strings
  Message compile(YamlNode node, Set<String> counts, Set<String> words) throws TemplateException {
    String pattern = node.text();
    if (pattern.chars().anyMatch(Character::isISOControl)) {
      throw node.refuse("one line", "a line break or another control character");
    }
    try {
      return message(MessagePatternUtil.buildMessageNode(pattern), node, counts, words);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw node.refuse("an ICU message", e.getMessage() + " in '" + pattern + "'");
    }
  }

  private Message message(MessageNode tree, YamlNode node, Set<String> counts, Set<String> words)
      throws TemplateException {
    var parts = new ArrayList<Message.Part>();
    for (var content : tree.getContents()) {
      parts.add(
          switch (content.getType()) {
            case TEXT -> new Message.Part.Literal(((TextNode) content).getText());
            case REPLACE_NUMBER -> new Message.Part.Count();
            case ARG -> argument((ArgNode) content, node, counts, words);
          });
    }
    return new Message(List.copyOf(parts));
  }

  private Message.Part argument(
      ArgNode argument, YamlNode node, Set<String> counts, Set<String> words)
      throws TemplateException {
    String name = argument.getName();
    boolean isCount = counts.contains(name);
    if (!isCount && !words.contains(name)) {
      var known = new TreeSet<>(words);
      known.addAll(counts);
      throw node.refuse("one of the placeholders " + known, "{" + name + "}");
    }
    ArgType type = argument.getArgType();
    if (type == ArgType.NONE) {
      return new Message.Part.Argument(name);
    }
    if (type == ArgType.PLURAL && isCount) {
      return plural(argument, node, counts, words);
    }
    if (type == ArgType.SELECT && !isCount) {
      return select(argument, node, counts, words);
    }
    String expected = isCount ? "{" + name + "} or a plural" : "{" + name + "} or a select";
    throw node.refuse(expected, "{" + name + ", " + argument.getTypeName() + "}");
  }

  private Message.Part plural(
      ArgNode argument, YamlNode node, Set<String> counts, Set<String> words)
      throws TemplateException {
    Map<Long, Message> exact = new HashMap<>();
    Map<String, Message> byForm = new HashMap<>();
    for (VariantNode variant : argument.getComplexStyle().getVariants()) {
      Message message = message(variant.getMessage(), node, counts, words);
      if (variant.isSelectorNumeric()) {
        exact.put((long) variant.getSelectorValue(), message);
      } else {
        byForm.put(variant.getSelector(), message);
      }
    }
    if (!byForm.keySet().equals(forms)) {
      throw node.refuse(
          "the plural forms " + forms + " of " + locale.toLanguageTag(),
          new TreeSet<>(byForm.keySet()) + " for {" + argument.getName() + "}");
    }
    return new Message.Part.Plural(
        argument.getName(),
        (long) argument.getComplexStyle().getOffset(),
        Map.copyOf(exact),
        Map.copyOf(byForm),
        other(byForm));
  }

  private Message.Part select(
      ArgNode argument, YamlNode node, Set<String> counts, Set<String> words)
      throws TemplateException {
    Map<String, Message> cases = new HashMap<>();
    for (VariantNode variant : argument.getComplexStyle().getVariants()) {
      cases.put(variant.getSelector(), message(variant.getMessage(), node, counts, words));
    }
    return new Message.Part.Select(argument.getName(), Map.copyOf(cases), other(cases));
  }

  /// ICU's parser has made sure that there is one.
  private static Message other(Map<String, Message> messages) {
    Message other = messages.get(PluralRules.KEYWORD_OTHER);
    if (other == null) {
      throw new IllegalArgumentException("no 'other'");
    }
    return other;
  }
}
