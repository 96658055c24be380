package dev.whileaway.ops.config;

import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.EventType;
import dev.whileaway.templates.TemplateException;
import dev.whileaway.templates.Templates;
import dev.whileaway.templates.token.UserLinks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which templates there are, and what of their catalogue is to be otherwise.
///
/// @param folder in place of the standard ones
/// @param types by name
/// @param links by which users unsubscribe; not set: mails lead to the product's own pages
public record TemplateSettings(
    Optional<Path> folder, Map<String, TypeRule> types, Optional<UserLinks> links) {

  /// Replaces what it gives of a type's rules.
  public record TypeRule(Optional<Duration> window, Optional<Boolean> urgent) {

    private EventType applyTo(EventType type) {
      return new EventType(
          type.id(),
          type.name(),
          urgent.orElse(type.urgent()),
          window.orElse(type.window()),
          type.expiresAfter());
    }
  }

  /// Loads the folder, and changes the catalogue's types.
  ///
  /// @throws TemplateException if a template, a text or the catalogue is broken
  /// @throws IllegalArgumentException if there is no such folder or type, or an event could be too
  ///   old before it is told; the message names the key
  public Templates load() throws TemplateException {
    return applyTo(folder.isPresent() ? load(folder.get()) : Templates.standard(links));
  }

  /// Changes the catalogue's types alone.
  ///
  /// @throws IllegalArgumentException as [#load]
  public Templates applyTo(Templates loaded) {
    return new Templates(
        changed(loaded.catalogue()),
        loaded.renderer(),
        loaded.pages(),
        loaded.proofs(),
        loaded.warnings());
  }

  private Templates load(Path folder) throws TemplateException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "templates: expected a folder like templates/standard, but found none at " + folder);
    }
    return Templates.load(folder, links);
  }

  private Catalogue changed(Catalogue catalogue) {
    types.forEach((name, rule) -> check(name, rule, catalogue));
    List<EventType> changed = new ArrayList<>();
    for (EventType type : catalogue.types()) {
      TypeRule rule = types.get(type.name());
      changed.add(rule == null ? type : rule.applyTo(type));
    }
    return new Catalogue(changed, catalogue.combinations());
  }

  /// An event must outlive every window, as the catalogue's own rule has it.
  private static void check(String name, TypeRule rule, Catalogue catalogue) {
    if (catalogue.type(name).isEmpty()) {
      throw new IllegalArgumentException(
          "policy.types.%s: expected a type of the catalogue (%s), but found \"%s\""
              .formatted(name, catalogue.names(), name));
    }
    for (EventType type : catalogue.types()) {
      if (rule.window().isPresent() && rule.window().get().compareTo(type.expiresAfter()) >= 0) {
        throw new IllegalArgumentException(
            "policy.types.%s.window: expected less than the %s after which a %s is too old, but found %s"
                .formatted(
                    name,
                    Spans.format(type.expiresAfter()),
                    type.name(),
                    Spans.format(rule.window().get())));
      }
    }
  }
}
