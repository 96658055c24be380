package dev.whileaway.ops.bench;

import dev.whileaway.benchmarks.process.WorkFolder;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// How fast mails go out to a server that takes them all, and what they cost.
public final class MailBench {

  private static final int CONNECTIONS = 8;

  /// Some are composed while others are sent.
  private static final int LANES_PER_CONNECTION = 2;

  private static final int RSA_BITS = 2048;

  private final WorkFolder folder;
  private final Duration warmUp;
  private final Duration window;

  public MailBench(WorkFolder folder, Duration warmUp, Duration window) {
    this.folder = folder;
    this.warmUp = warmUp;
    this.window = window;
  }

  public MailFigures run() throws IOException, InterruptedException {
    Map<String, SendFigures> figures = new LinkedHashMap<>();
    figures.put("library", library());
    figures.put("one", ours(1, Map.of()));
    figures.put("unsigned", ours(CONNECTIONS, Map.of()));
    figures.put("signed", ours(CONNECTIONS, signing(folder.next("dkim"))));
    return new MailFigures(figures);
  }

  private SendFigures library() throws IOException, InterruptedException {
    Path work = folder.next("library");
    try (var sink = sink(work)) {
      var smtp = BenchSettings.delivery(work, sink, Map.of()).smtp().orElseThrow();
      try (var mails = new LibraryMails(smtp.host(), smtp.port())) {
        return new SendLoad(1, mails).run(sink, warmUp, window);
      } catch (MessagingException e) {
        throw new IOException(e);
      }
    }
  }

  private SendFigures ours(int connections, Map<String, String> keys)
      throws IOException, InterruptedException {
    Path work = folder.next("mail");
    var all = new LinkedHashMap<>(keys);
    all.put("delivery.smtp.connections", Integer.toString(connections));
    try (var sink = sink(work);
        var channels = BenchSettings.channels(BenchSettings.delivery(work, sink, all))) {
      var mails = new BenchMails();
      return new SendLoad(
              connections * LANES_PER_CONNECTION, () -> channels.mail().reserve(mails.next()))
          .run(sink, warmUp, window);
    }
  }

  private static FakeProviderProcess sink(Path work) throws IOException {
    return FakeProviderProcess.start("smtp", work);
  }

  private static Map<String, String> signing(Path work) throws IOException {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      var key = generator.generateKeyPair().getPrivate().getEncoded();
      Path pem =
          Files.writeString(
              work.resolve("rsa.pem"),
              "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                  .formatted(Base64.getMimeEncoder().encodeToString(key)));
      return Map.of(
          "mail.dkim.domain", "example.com",
          "mail.dkim.keys[0].selector", "bench",
          "mail.dkim.keys[0].private-key", pem.toString());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
