package dev.whileaway.templates;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Templates that can be loaded anew while they are in use: a new version takes the place of the
/// old one in a single step, and one that is broken never does. Each digest and each page is
/// rendered by one version from beginning to end. Safe for use by many threads.
///
/// The event types stay those of the start, since the shards schedule by them.
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
    this.facade = new Templates(first.catalogue(), new NewestRenderer(), new NewestPages());
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
  /// @throws TemplateException if a template, a text or the catalogue is broken, or the event types
  ///   are not those of the start
  public void reload() throws TemplateException {
    Templates next = source.load();
    List<EventType> types = facade.catalogue().types();
    if (!next.catalogue().types().equals(types)) {
      String found =
          next.catalogue().types().stream()
              .filter(type -> !types.contains(type))
              .findFirst()
              .map(EventType::toString)
              .orElse("fewer of them, or another order");
      throw TemplateException.at(
          CatalogueFile.NAME,
          1,
          "the event types with which the program started (restart it to change them)",
          found);
    }
    current = next;
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
      return current.pages().types();
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
