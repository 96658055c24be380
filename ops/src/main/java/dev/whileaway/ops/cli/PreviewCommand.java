package dev.whileaway.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.templates.Samples;
import dev.whileaway.templates.TemplateException;
import dev.whileaway.templates.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./whileaway preview`.
@Command(
    name = "preview",
    description = {
      "Renders samples with the templates, without a server: the push as JSON, the mail as HTML and"
          + " plain text. Prints one sample, or writes files into DIR: all samples unless one is"
          + " named."
    },
    footer = {
      "  ./whileaway preview",
      "  ./whileaway preview --template mail --sample single-message --locale ru --out previews",
      "  ./whileaway preview --templates my-templates --data digest.json"
    })
final class PreviewCommand extends ShellCommand implements Callable<Integer> {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  enum Template {
    PUSH,
    MAIL
  }

  @Option(names = "--template", description = "${COMPLETION-CANDIDATES}; both unless given.")
  private @Nullable Template template;

  @Option(names = "--sample", paramLabel = "NAME", description = "One sample, such as grouped.")
  private @Nullable String sample;

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

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description = "Your templates in place of the standard ones.")
  private @Nullable Path folder;

  @Override
  public Integer call() throws CommandFailure {
    try {
      Templates templates =
          folder == null ? Templates.standard() : Templates.load(folder, Optional.empty());
      Map<String, DigestContent> digests = digests(templates);
      for (Map.Entry<String, DigestContent> digest : digests.entrySet()) {
        render(templates, digest.getKey(), digest.getValue());
      }
      return DONE;
    } catch (TemplateException e) {
      throw CommandFailure.badInput(e);
    } catch (IOException e) {
      throw CommandFailure.failed("cannot write: " + e.getMessage());
    }
  }

  private Map<String, DigestContent> digests(Templates templates) throws CommandFailure {
    if (data != null) {
      return Map.of("digest", DigestFile.read(data, templates.catalogue(), locale()));
    }
    Map<String, DigestContent> samples = Samples.of(templates.catalogue(), locale());
    if (sample == null && out != null) {
      return samples;
    }
    String name = sample == null ? samples.keySet().iterator().next() : sample;
    DigestContent digest = samples.get(name);
    if (digest == null) {
      throw CommandFailure.badInput(
          "--sample: expected one of %s, but found %s"
              .formatted(String.join(", ", samples.keySet()), name));
    }
    return Map.of(name, digest);
  }

  private Locale locale() throws CommandFailure {
    try {
      return new Locale.Builder().setLanguageTag(locale).build();
    } catch (IllformedLocaleException e) {
      throw CommandFailure.badInput(
          "--locale: expected a language tag such as en or ru, but found " + locale);
    }
  }

  private void render(Templates templates, String name, DigestContent digest) throws IOException {
    if (template != Template.MAIL) {
      show(name, ".push.json", json(templates.renderer().push(digest)));
    }
    if (template != Template.PUSH) {
      MailText mail = templates.renderer().mail(digest);
      show(name, ".mail.html", mail.html());
      show(name, ".mail.txt", "Subject: " + mail.subject() + "\n\n" + mail.text());
    }
  }

  private void show(String name, String ending, String text) throws IOException {
    if (out == null) {
      out().println("--- " + name + ending);
      out().println(text);
    } else {
      Path file = Files.createDirectories(out).resolve(name + ending);
      Files.writeString(file, text);
      out().println(file);
    }
  }

  private static String json(PushText push) throws JsonProcessingException {
    var members = new LinkedHashMap<String, Object>();
    members.put("title", push.title());
    members.put("body", push.body());
    members.put("long_body", push.longBody());
    members.put("link", push.link());
    members.put("badge", push.badge());
    return JSON.writeValueAsString(members);
  }
}
