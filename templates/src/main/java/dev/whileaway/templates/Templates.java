package dev.whileaway.templates;

import dev.whileaway.templates.token.UserLinks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The catalogue, the renderer and the pages, as loaded from a folder of templates; and proofs, to
/// look at.
///
/// @param warnings what is probably not meant, in words; empty: nothing
public record Templates(
    Catalogue catalogue, Renderer renderer, Pages pages, Proofs proofs, List<String> warnings) {

  /// Loads the templates that come with Whileaway; mails lead to the product's own pages.
  public static Templates standard() {
    return standard(Optional.empty());
  }

  /// Loads the templates that come with Whileaway.
  ///
  /// @param links for mails to unsubscribe by; not set: they lead to the product's own pages
  public static Templates standard(Optional<UserLinks> links) {
    try {
      return load(TemplateFiles.onClassPath(), links);
    } catch (TemplateException e) {
      throw new IllegalStateException("expected the standard templates to load", e);
    }
  }

  /// Loads a folder with the same layout as the standard one. Everything is compiled and rendered
  /// once with sample data, so that what is broken is found here.
  ///
  /// @param links for mails to unsubscribe by; not set: they lead to the product's own pages
  /// @throws TemplateException that tells all that is wrong, naming file, line, key, what was
  ///   expected and what was found
  public static Templates load(Path folder, Optional<UserLinks> links) throws TemplateException {
    return load(TemplateFiles.in(folder), links);
  }

  private static Templates load(TemplateFiles files, Optional<UserLinks> links)
      throws TemplateException {
    var problems = new Problems();
    DigestRules rules = CatalogueFile.parse(files.read(CatalogueFile.NAME), problems);
    var languages = Languages.load(files, rules, problems);
    var layouts = Layouts.load(files, rules, problems);
    var loaded = StandardPages.load(files, rules, languages, problems);
    problems.refuse();
    StandardPages pages = loaded.orElseThrow();
    var renderer = new StandardRenderer(rules, languages, layouts, links);
    new SelfCheck(rules, renderer, layouts).run(problems);
    pages.check(problems);
    problems.refuse();
    return new Templates(
        rules.catalogue(),
        renderer,
        pages,
        new Proofs(languages, renderer),
        Languages.warnings(files, rules));
  }
}
