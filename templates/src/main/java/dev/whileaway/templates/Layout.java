package dev.whileaway.templates;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.StringLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One part of a mail, or a page, compiled: MJML, HTML or plain text, with Pebble's tags.
/// Immutable.
///
/// MJML is compiled here, once, before any data is known; data only ever fills the compiled page,
/// escaped (TRAPS 46).
final class Layout {

  private static final int RENDERED_CHARS_MAX = 4_000_000;

  private static final String MARK = "\uE000";
  private static final Pattern TAGS_ALONE = Pattern.compile("\\s*(\\{%[^%]*%}\\s*)+");

  private static final Pattern TAG_LEFT_OPEN = Pattern.compile("\\{\\{(?!.*}})|\\{%(?!.*%})");

  private static final PebbleEngine HTML = engine(true);
  private static final PebbleEngine TEXT = engine(false);

  private final LayoutSource source;
  private final PebbleTemplate asWritten;
  private final PebbleTemplate compiled;

  private Layout(LayoutSource source, PebbleTemplate asWritten, PebbleTemplate compiled) {
    this.source = source;
    this.asWritten = asWritten;
    this.compiled = compiled;
  }

  private static PebbleEngine engine(boolean escaping) {
    return new PebbleEngine.Builder()
        // Not the default one, which would let a template include any file of the machine.
        .loader(new StringLoader())
        .methodAccessValidator((_, _) -> false)
        .strictVariables(true)
        .newLineTrimming(false)
        .autoEscaping(escaping)
        .maxRenderedSize(RENDERED_CHARS_MAX)
        .cacheActive(false)
        .build();
  }

  static Layout html(LayoutSource source, boolean rightToLeft) throws TemplateException {
    PebbleTemplate asWritten = compile(HTML, source.text().lines(), source);
    String page = Mjml.compile(source, rightToLeft);
    try {
      return new Layout(source, asWritten, HTML.getLiteralTemplate(page));
    } catch (PebbleException e) {
      throw source.refuse(1, "Pebble's tags to stay in order", e.getPebbleMessage());
    }
  }

  /// A page of HTML, as it is written.
  static Layout page(LayoutSource source) throws TemplateException {
    PebbleTemplate template = compile(HTML, source.text().lines(), source);
    return new Layout(source, template, template);
  }

  static Layout text(LayoutSource source) throws TemplateException {
    PebbleTemplate template = compile(TEXT, source.text().lines().map(Layout::marked), source);
    return new Layout(source, template, template);
  }

  /// A line of tags alone shall leave no empty line behind. No text can hold the mark: private
  /// characters never pass [PlainText].
  private static String marked(String line) {
    return TAGS_ALONE.matcher(line).matches() ? line.strip() + MARK : line;
  }

  private static PebbleTemplate compile(
      PebbleEngine engine, Stream<String> lines, LayoutSource source) throws TemplateException {
    for (int i = 0; i < source.lines().size(); i++) {
      // Pebble itself would read on, and complain far away.
      if (TAG_LEFT_OPEN.matcher(source.lines().get(i).text()).find()) {
        throw source.refuse(i + 1, "Pebble's tags to end on their line", "one left open");
      }
    }
    try {
      return engine.getLiteralTemplate(lines.collect(Collectors.joining("\n")));
    } catch (PebbleException e) {
      Integer line = e.getLineNumber();
      throw source.refuse(line == null ? 1 : line, "Pebble's tags", e.getPebbleMessage());
    }
  }

  /// Fills the layout as it was written, whose lines a person can find: what is filled later is the
  /// compiled page, whose lines nobody has seen.
  void check(Map<String, Object> view, Locale language) throws TemplateException {
    try {
      fill(asWritten, view, language);
      fill(compiled, view, language);
    } catch (PebbleException e) {
      throw source.refuse(e.getLineNumber(), e.getPebbleMessage(), view);
    }
  }

  String render(Map<String, Object> view, Locale language) {
    return fill(compiled, view, language).replace(MARK + "\n", "");
  }

  private static String fill(PebbleTemplate template, Map<String, Object> view, Locale language) {
    var out = new StringWriter(32_768);
    try {
      template.evaluate(out, view, language);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
