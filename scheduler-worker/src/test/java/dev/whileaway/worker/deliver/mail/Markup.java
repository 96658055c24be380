package dev.whileaway.worker.deliver.mail;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The kinds of markup in a page: its tags with the names of their attributes, and how links begin.
final class Markup {

  private static final Pattern TAG =
      Pattern.compile("<(/?[a-zA-Z!][^\\s>]*)((?:\\s+[^\\s=>]+(?:=(?:\"[^\"]*\"|[^\\s\">]*))?)*)");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([^\\s=]+)(?:=(?:\"([^\"]*)\"|([^\\s\"]*)))?");
  private static final Set<String> LINKS = Set.of("href", "src", "action", "background");
  private static final Pattern BEGINNING = Pattern.compile("^[^/?#]*(//[^/?#]*)?");

  private Markup() {}

  static Set<String> of(String html) {
    var kinds = new HashSet<String>();
    TAG.matcher(html).results().forEach(tag -> kinds.addAll(kinds(tag)));
    return kinds;
  }

  private static Set<String> kinds(MatchResult tag) {
    var kinds = new TreeSet<String>();
    kinds.add("<" + tag.group(1));
    ATTRIBUTE
        .matcher(tag.group(2))
        .results()
        .forEach(attribute -> {
          var name = attribute.group(1);
          kinds.add("<" + tag.group(1) + " " + name);
          if (LINKS.contains(name)) {
            kinds.add(name + "=" + beginning(attribute.group(2)));
          }
        });
    return kinds;
  }

  /// Scheme and host.
  private static String beginning(String link) {
    var matcher = BEGINNING.matcher(String.valueOf(link));
    return matcher.find() ? matcher.group() : "";
  }
}
