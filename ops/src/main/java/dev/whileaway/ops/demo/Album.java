package dev.whileaway.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.testkit.smtp.ReceivedMail;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A folder of what arrived, to look at: each mail as `.eml` and `.html`, each push as `.json`, and
/// an `index.html` over all of them.
///
/// A thread of its own writes, so that whoever sent does not wait for the disk.
final class Album implements AutoCloseable {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("album").factory());
  private final List<AlbumPage.Mail> mails = new ArrayList<>();
  private final List<AlbumPage.Push> pushes = new ArrayList<>();
  private volatile Optional<Exception> problem = Optional.empty();

  private Album(Path folder) {
    this.folder = folder;
  }

  static Album in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("mails"));
    Files.createDirectories(folder.resolve("pushes"));
    return new Album(folder);
  }

  Path folder() {
    return folder;
  }

  void add(ReceivedMail mail) {
    write(() -> writeMail(mail));
  }

  void add(String provider, ReceivedPush push) {
    write(() -> writePush(provider, push));
  }

  /// Writes the rest and the page.
  ///
  /// @return the page
  Path finish(Tally tally) throws IOException, InterruptedException {
    writer.shutdown();
    if (!writer.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IOException("expected " + folder + " to be written, but found it too slow");
    }
    if (problem.isPresent()) {
      throw new IOException("cannot write into " + folder + ": " + problem.get(), problem.get());
    }
    return Files.writeString(folder.resolve("index.html"), AlbumPage.html(tally, mails, pushes));
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }

  private interface Writing {
    void run() throws IOException, MessagingException;
  }

  private void write(Writing writing) {
    writer.execute(() -> {
      try {
        writing.run();
      } catch (IOException | MessagingException | UncheckedIOException e) {
        problem = Optional.of(e);
      }
    });
  }

  private void writeMail(ReceivedMail received) throws IOException, MessagingException {
    String name = "mails/%04d".formatted(mails.size() + 1);
    Files.write(folder.resolve(name + ".eml"), received.raw());
    var message = new MimeMessage(null, new ByteArrayInputStream(received.raw()));
    Files.writeString(
        folder.resolve(name + ".html"), part(message, "text/html").orElse("(no HTML part)"));
    String subject = Optional.ofNullable(message.getSubject()).orElse("");
    mails.add(new AlbumPage.Mail(name, received.to(), subject));
  }

  private void writePush(String provider, ReceivedPush push) throws IOException {
    String name = "pushes/%05d-%s".formatted(pushes.size() + 1, provider);
    JsonNode body = JSON.readTree(push.json());
    Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(body));
    JsonNode alert = body.at("/aps/alert");
    String plain = alert.isTextual() ? alert.asText() : "";
    pushes.add(
        new AlbumPage.Push(
            name,
            provider,
            body.findPath("title").asText(""),
            body.findPath("body").asText(plain)));
  }

  private static Optional<String> part(Part part, String type)
      throws IOException, MessagingException {
    if (part.isMimeType(type)) {
      return Optional.of(part.getContent().toString());
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        Optional<String> found = part(inner, type);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
