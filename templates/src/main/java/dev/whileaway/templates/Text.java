package dev.whileaway.templates;

import java.util.Map;

/// A message, and how its language counts and writes numbers. Immutable.
record Text(Message message, Message.Numbers numbers) {

  String say(Map<String, ?> arguments) {
    return message.format(arguments, numbers);
  }
}
