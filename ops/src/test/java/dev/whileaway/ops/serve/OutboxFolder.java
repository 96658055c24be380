package dev.whileaway.ops.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Properties;

/// The folder into which a `serve` without providers writes its digests, in order of time.
record OutboxFolder(Path folder) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'");
  private static final int TIME_CHARACTERS = "2026-01-31T10-15-00Z".length();
  private static final ObjectMapper JSON = new ObjectMapper();

  record PushFile(LocalDateTime at, JsonNode json) {
    String token() {
      return json.get("token").asText();
    }
  }

  record MailFile(LocalDateTime at, MimeMessage message) {
    String to() {
      try {
        return ((InternetAddress) message.getAllRecipients()[0]).getAddress();
      } catch (MessagingException e) {
        throw new AssertionError(e);
      }
    }
  }

  List<PushFile> pushes() {
    return files("-push.json").stream().map(OutboxFolder::push).toList();
  }

  List<MailFile> mails() {
    return files("-mail.eml").stream().map(OutboxFolder::mail).toList();
  }

  private static PushFile push(Path file) {
    try {
      return new PushFile(at(file), JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MailFile mail(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new MailFile(at(file), new MimeMessage(Session.getInstance(new Properties()), in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static LocalDateTime at(Path file) {
    return LocalDateTime.parse(file.getFileName().toString().substring(0, TIME_CHARACTERS), TIME);
  }

  private List<Path> files(String end) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
