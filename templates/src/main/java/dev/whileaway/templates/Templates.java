package dev.whileaway.templates;

import java.nio.file.Path;

/// The catalogue and the renderer, as loaded from a folder of templates.
public record Templates(Catalogue catalogue, Renderer renderer) {

  /// Loads the templates that come with Whileaway.
  public static Templates standard() {
    throw new UnsupportedOperationException("stub");
  }

  /// Loads a folder with the same layout as the standard one. Everything is compiled and rendered
  /// once with sample data, so that what is broken is found here.
  ///
  /// @throws TemplateException naming file, line, what was expected and what was found
  public static Templates load(Path folder) throws TemplateException {
    throw new UnsupportedOperationException("stub");
  }
}
