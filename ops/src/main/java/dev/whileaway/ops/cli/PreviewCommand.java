package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.ops.preview.Pictures;
import dev.whileaway.ops.preview.Preview;
import dev.whileaway.ops.preview.Preview.Channel;
import dev.whileaway.ops.preview.PreviewFolder;
import dev.whileaway.ops.preview.Previews;
import dev.whileaway.templates.Catalogue;
import dev.whileaway.templates.FolderWatch;
import dev.whileaway.templates.TemplateException;
import dev.whileaway.templates.Templates;
import dev.whileaway.testkit.browser.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./whileaway preview`.
@Command(
    name = "preview",
    description = {
      "Renders samples with the templates, without a server: the push as JSON, the mail as HTML and"
          + " plain text, the pages behind its links as HTML. Prints one sample, or writes files"
          + " into DIR: all samples and pages unless one is named; there it also draws the push on a"
          + " phone and, where the machine has Chromium or Chrome, takes pictures (PNG)."
    },
    footer = {
      "  ./whileaway preview",
      "  ./whileaway preview --template mail --sample single-message --locale ru --out previews",
      "  ./whileaway preview --variant 1,2 --out previews",
      "  ./whileaway preview --templates my-templates --data digest.json",
      "  ./whileaway preview --templates my-templates --sample grouped --out previews --watch"
    })
final class PreviewCommand extends ShellCommand implements Callable<Integer> {

  /// Between two looks at what is watched.
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  @Option(names = "--template", description = "${COMPLETION-CANDIDATES}; all unless given.")
  private @Nullable Channel template;

  @Option(
      names = "--sample",
      paramLabel = "NAME",
      description =
          "One sample or page: grouped, single-TYPE, TYPE-from-one, TYPE-from-two, TYPE-from-many,"
              + " COMBINATION, COMBINATION-from-one, nameless, nameless-many, huge, hostile,"
              + " unsubscribe, preferences and others.")
  private @Nullable String sample;

  @Option(
      names = "--variant",
      paramLabel = "N",
      split = ",",
      description =
          "Show the Nth of the variants of each text, or the last of those that have fewer; such as"
              + " 1,2 for two files of each. Unless given, each digest chooses, as it will when it"
              + " is sent.")
  private List<Integer> variants = List.of();

  @Option(
      names = "--locale",
      paramLabel = "TAG",
      defaultValue = "en",
      description = "The language; ${DEFAULT-VALUE} unless given.")
  private String locale = "";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = {
        "A digest of your own in place of the samples: {\"recipient\":{\"name\":\"Mary\"},"
            + "\"groups\":[{\"type\":\"message\",\"items\":[{\"sender\":{\"name\":\"Tom\"},"
            + "\"data\":\"Hi\",\"at\":\"2026-01-31T18:00:00Z\"}]}]}"
      })
  private @Nullable Path data;

  @Option(names = "--out", paramLabel = "DIR", description = "Write files in place of printing.")
  private @Nullable Path out;

  @Mixin private final PictureOptions pictureOptions = new PictureOptions();

  @Option(
      names = "--watch",
      description = "Render again whenever the templates or the data change, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description = "Your templates in place of the standard ones.")
  private @Nullable Path folder;

  @Override
  public Integer call() throws CommandFailure {
    List<FolderWatch> watches =
        Stream.concat(Stream.ofNullable(folder), Stream.ofNullable(data))
            .map(FolderWatch::new)
            .toList();
    if (watch && watches.isEmpty()) {
      throw CommandFailure.badInput(
          "--watch: expected --templates or --data to watch, but found neither");
    }
    List<Screen> screens = pictureOptions.screens();
    try (WorkFolder work = WorkFolder.make();
        Pictures pictures = out == null ? Pictures.none() : pictureOptions.pictures(work, out())) {
      if (!watch) {
        render(screens, pictures);
        return DONE;
      }
      renderOrTell(screens, pictures);
      while (pause()) {
        if (watches.stream().filter(FolderWatch::hasChanged).count() > 0) {
          renderOrTell(screens, pictures);
        }
      }
      return DONE;
    } catch (IOException e) {
      throw CommandFailure.failed("cannot write: " + e.getMessage());
    }
  }

  /// False once it is to end.
  private static boolean pause() {
    try {
      Thread.sleep(LOOK_EVERY);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whoever edits breaks things for a while: what is wrong is told, and the next edit waited for.
  private void renderOrTell(List<Screen> screens, Pictures pictures) throws IOException {
    try {
      render(screens, pictures);
    } catch (CommandFailure e) {
      out().println(e.line());
    }
    out().println("watching; Ctrl-C ends");
    out().flush();
  }

  private void render(List<Screen> screens, Pictures pictures) throws CommandFailure, IOException {
    List<Preview> chosen = chosen();
    if (out == null) {
      chosen.forEach(this::print);
      return;
    }
    var written = new PreviewFolder(out, screens, pictures);
    for (Preview preview : chosen) {
      written.write(preview).forEach(out()::println);
    }
    if (written.failure().isPresent()) {
      throw CommandFailure.failed("pictures are missing: " + written.failure().get());
    }
  }

  private void print(Preview preview) {
    preview
        .texts()
        .forEach((ending, text) -> out().printf("--- %s%n%s%n", preview.file(ending), text));
  }

  private List<Preview> chosen() throws CommandFailure {
    try {
      Templates templates =
          folder == null ? Templates.standard() : Templates.load(folder, Optional.empty());
      templates.warnings().forEach(this::say);
      var chosen = new ArrayList<Preview>();
      for (Previews previews : byVariant(templates)) {
        chosen.addAll(chosen(previews, templates.catalogue()));
      }
      chosen.removeIf(preview -> template != null && template != preview.channel());
      return chosen;
    } catch (TemplateException e) {
      throw CommandFailure.badInput(e);
    }
  }

  private List<Previews> byVariant(Templates templates) throws CommandFailure {
    Previews previews = Previews.of(templates, locale());
    int most = templates.proofs().variants(locale());
    var byVariant = new ArrayList<Previews>();
    for (int number : variants) {
      if (number < 1 || number > most) {
        throw CommandFailure.badInput(
            "--variant: expected 1 to %d, as the texts of the language have, but found %d"
                .formatted(most, number));
      }
      byVariant.add(previews.variant(number));
    }
    return byVariant.isEmpty() ? List.of(previews) : byVariant;
  }

  private List<Preview> chosen(Previews previews, Catalogue catalogue) throws CommandFailure {
    if (data != null) {
      return previews.of("digest", DigestFile.read(data, catalogue, locale()));
    }
    SequencedMap<String, List<Preview>> samples = previews.samples();
    if (sample == null) {
      return out == null && template != Channel.PAGE
          ? samples.firstEntry().getValue()
          : samples.values().stream().flatMap(List::stream).toList();
    }
    List<Preview> named = samples.get(sample);
    if (named == null) {
      throw CommandFailure.badInput(
          "--sample: expected one of %s, but found %s"
              .formatted(String.join(", ", samples.keySet()), sample));
    }
    return named;
  }

  private Locale locale() throws CommandFailure {
    try {
      return new Locale.Builder().setLanguageTag(locale).build();
    } catch (IllformedLocaleException e) {
      throw CommandFailure.badInput(
          "--locale: expected a language tag such as en or ru, but found " + locale);
    }
  }
}
