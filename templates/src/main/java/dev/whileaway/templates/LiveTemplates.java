package dev.whileaway.templates;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Templates that can be loaded anew while they are in use: a new version takes the place of the
/// old one in a single step, and one that is broken never does. Each digest and each page is
/// rendered by one version from beginning to end. Safe for use by many threads.
///
/// The event types stay those of the start, since the shards schedule by them; all else of a
/// version is taken, as long as it has texts for each of them.
public final class LiveTemplates {

  /// Where templates come from, each time anew.
  public interface Source {
    /// @throws TemplateException if a template, a text or the catalogue is broken
    Templates load() throws TemplateException;
  }

  private final Source source;
  private final Templates facade;
  private volatile Templates current;

  private LiveTemplates(Source source, Templates first) {
    this.source = source;
    this.current = first;
    this.facade =
        new Templates(
            first.catalogue(),
            new NewestRenderer(),
            new NewestPages(),
            first.proofs(),
            first.warnings());
  }

  /// Loads the first version.
  ///
  /// @throws TemplateException if a template, a text or the catalogue is broken
  public static LiveTemplates of(Source source) throws TemplateException {
    return new LiveTemplates(source, source.load());
  }

  /// What always renders by the newest good version.
  public Templates templates() {
    return facade;
  }

  /// Loads a new version; if it is refused, the last good one stays in use.
  ///
  /// @return what of it waits for a restart, a line each: changes of event types
  /// @throws TemplateException if a template, a text or the catalogue is broken, or has no texts
  ///   for a type of the start
  public List<String> reload() throws TemplateException {
    Templates next = source.load();
    var changes = TypeChanges.between(types(), next.catalogue().types());
    changes.refuseMissing();
    current = next;
    return changes.inWords();
  }

  /// What of the newest version is probably not meant, in words.
  public List<String> warnings() {
    return current.warnings();
  }

  private List<EventType> types() {
    return facade.catalogue().types();
  }

  private final class NewestRenderer implements Renderer {

    @Override
    public PushText push(DigestContent digest) {
      return current.renderer().push(digest);
    }

    @Override
    public MailText mail(DigestContent digest) {
      return current.renderer().mail(digest);
    }
  }

  private final class NewestPages implements Pages {

    @Override
    public List<Locale> languages() {
      return current.pages().languages();
    }

    @Override
    public Set<String> types() {
      return LiveTemplates.this.types().stream()
          .map(EventType::name)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Locale nearest(Locale locale) {
      return current.pages().nearest(locale);
    }

    @Override
    public String html(Page page, Locale locale, String preferencesUrl) {
      return current.pages().html(page, locale, preferencesUrl);
    }

    @Override
    public String preferences(Choices choices, Locale locale) {
      return current.pages().preferences(choices, locale);
    }
  }
}
