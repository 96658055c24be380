package dev.whileaway.templates;

/// A template, a text or the catalogue is broken. The message begins with `FILE:LINE:`.
public final class TemplateException extends Exception {

  public TemplateException(String message) {
    super(message);
  }
}
