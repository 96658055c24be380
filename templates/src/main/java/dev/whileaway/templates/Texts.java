package dev.whileaway.templates;

import com.ibm.icu.util.ULocale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The texts of one language. Immutable.
///
/// @param phrases by path, the variants; each has its fields, a text by itself the field ``
/// @param labels the words that layouts name
record Texts(
    Locale language,
    Message.Numbers numbers,
    Map<String, List<Map<String, Message>>> phrases,
    Map<String, Message> labels) {

  static final String ONLY = "";

  boolean isRightToLeft() {
    return isRightToLeft(language);
  }

  static boolean isRightToLeft(Locale language) {
    return ULocale.forLocale(language).isRightToLeft();
  }

  /// One text.
  String say(String path, String digestId, Map<String, ?> arguments) {
    Message message = variant(path, digestId).get(ONLY);
    if (message == null) {
      throw new IllegalStateException("expected one text at " + path + ", but found several");
    }
    return message.format(arguments, numbers);
  }

  /// The texts that belong together in one variant.
  Map<String, String> phrase(String path, String digestId, Map<String, ?> arguments) {
    var said = new LinkedHashMap<String, String>();
    variant(path, digestId)
        .forEach((field, message) -> said.put(field, message.format(arguments, numbers)));
    return said;
  }

  Map<String, String> labels(Map<String, ?> arguments) {
    var said = new LinkedHashMap<String, String>();
    labels.forEach((label, message) -> said.put(label, message.format(arguments, numbers)));
    return said;
  }

  /// Chosen by the digest's id alone, so that a digest rendered again, by another worker too, reads
  /// the same. The bits are mixed because ids that count up would otherwise choose in turns.
  private Map<String, Message> variant(String path, String digestId) {
    List<Map<String, Message>> variants = phrases.get(path);
    if (variants == null) {
      throw new IllegalStateException("expected a text at " + path + ", but found none");
    }
    int hash = (31 * digestId.hashCode() + path.hashCode()) * 0x9E3779B9;
    return variants.get(Math.floorMod(hash ^ (hash >>> 15), variants.size()));
  }
}
