package dev.whileaway.templates;

/// A template, a text or the catalogue is broken. The message begins with `FILE:LINE:`.
public final class TemplateException extends Exception {

  public TemplateException(String message) {
    super(message);
  }

  /// The one form of a refusal: where, what was expected, what was found.
  static TemplateException at(String file, int line, String expected, String found) {
    return new TemplateException(
        file + ":" + line + ": expected " + expected + ", but found " + found);
  }
}
