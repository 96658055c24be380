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
/// unknown placeholder, a plural without all the forms of the language (TRAPS 31), a case that
/// never comes, a placeholder that an apostrophe hides.
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

  Message compile(YamlNode node, Placeholders known) throws TemplateException {
    String pattern = node.text();
    if (pattern.chars().anyMatch(Character::isISOControl)) {
      throw node.refuse("one line", "a line break or another control character");
    }
    Apostrophes.refuseHiding(node, pattern);
    try {
      return message(
          MessagePatternUtil.buildMessageNode(pattern), new Place(node, known, "", false));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw node.refuse(
          "an ICU message",
          e.getMessage() + " in '" + pattern + "'; look whether each { has its }");
    }
  }

  /// Where in a text something stands.
  ///
  /// @param plural whose number a `#` next to it is; empty: none is around it
  /// @param selected whether a select is nearer than that plural: there `#` is no number any more
  private record Place(YamlNode node, Placeholders known, String plural, boolean selected) {

    Place inPlural(String name) {
      return new Place(node, known, name, false);
    }

    Place inSelect() {
      return new Place(node, known, plural, true);
    }
  }

  private Message message(MessageNode tree, Place place) throws TemplateException {
    var parts = new ArrayList<Message.Part>();
    for (var content : tree.getContents()) {
      parts.add(
          switch (content.getType()) {
            case TEXT -> literal(((TextNode) content).getText(), place);
            case REPLACE_NUMBER -> new Message.Part.Count();
            case ARG -> argument((ArgNode) content, place);
          });
    }
    return new Message(List.copyOf(parts));
  }

  private static Message.Part literal(String text, Place place) throws TemplateException {
    if (place.selected() && !place.plural().isEmpty() && text.contains("#")) {
      String count = "{" + place.plural() + "}";
      throw place
          .node()
          .refuse(
              count + " within a select", "#, which is shown as it stands there; write " + count);
    }
    return new Message.Part.Literal(text);
  }

  private Message.Part argument(ArgNode argument, Place place) throws TemplateException {
    YamlNode node = place.node();
    Placeholders known = place.known();
    String name = argument.getName();
    if (!known.names().contains(name)) {
      throw node.refuse("one of the placeholders " + known.names(), "{" + name + "}");
    }
    ArgType type = argument.getArgType();
    boolean isCount = known.counts().contains(name);
    if (type == ArgType.NONE) {
      return new Message.Part.Argument(name);
    }
    if (type == ArgType.PLURAL && isCount) {
      return plural(argument, place);
    }
    if (type == ArgType.SELECT && known.choices().containsKey(name)) {
      return select(argument, place);
    }
    String found = "{" + name + ", " + argument.getTypeName() + "}";
    if (type == ArgType.SELECT && !isCount) {
      throw node.refuse("a select by one of " + new TreeSet<>(known.choices().keySet()), found);
    }
    throw node.refuse("{" + name + "} or a " + (isCount ? "plural" : "select"), found);
  }

  private Message.Part plural(ArgNode argument, Place place) throws TemplateException {
    Map<Long, Message> exact = new HashMap<>();
    Map<String, Message> byForm = new HashMap<>();
    for (VariantNode variant : argument.getComplexStyle().getVariants()) {
      Message message = message(variant.getMessage(), place.inPlural(argument.getName()));
      if (variant.isSelectorNumeric()) {
        exact.put((long) variant.getSelectorValue(), message);
      } else {
        byForm.put(variant.getSelector(), message);
      }
    }
    if (!byForm.keySet().equals(forms)) {
      throw place
          .node()
          .refuse(
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

  private Message.Part select(ArgNode argument, Place place) throws TemplateException {
    String name = argument.getName();
    var values = new TreeSet<>(place.known().choices().getOrDefault(name, Set.of()));
    Map<String, Message> cases = new HashMap<>();
    for (VariantNode variant : argument.getComplexStyle().getVariants()) {
      String value = variant.getSelector();
      boolean never = !values.isEmpty() && !values.contains(value);
      if (never && !value.equals(PluralRules.KEYWORD_OTHER)) {
        throw place
            .node()
            .refuse(
                "the cases " + values + " and other for {" + name + "}",
                "'" + value + "', which it never is");
      }
      cases.put(value, message(variant.getMessage(), place.inSelect()));
    }
    return new Message.Part.Select(name, Map.copyOf(cases), other(cases));
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
