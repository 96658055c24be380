package dev.whileaway.templates;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// Gathers what is wrong with a folder, so that whoever edits reads all of it at once. Used by one
/// thread.
final class Problems {

  /// Something that may be wrong.
  interface Attempt {
    void run() throws TemplateException;
  }

  /// Something to be had, if nothing is wrong with it.
  interface Reading<T> {
    T read() throws TemplateException;
  }

  // A part that several layouts include is told of once.
  private final SequencedSet<String> found = new LinkedHashSet<>();

  void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (TemplateException e) {
      add(e);
    }
  }

  void add(TemplateException problem) {
    found.addAll(problem.problems());
  }

  /// Empty: a problem was found.
  <T> Optional<T> read(Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (TemplateException e) {
      add(e);
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// @throws TemplateException that tells all of them; not thrown if there is none
  void refuse() throws TemplateException {
    if (!isEmpty()) {
      throw TemplateException.of(new ArrayList<>(found));
    }
  }
}
