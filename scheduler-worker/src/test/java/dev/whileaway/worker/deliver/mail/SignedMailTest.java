package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whileaway.templates.MailText;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.testkit.smtp.ReceivedMail;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.Mail;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.mail.dkim.TestKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signed mails as they come over the wire, verified by other people's software.
class SignedMailTest {

  private static final int MAILS = 2_000;
  private static final int THREADS = 8;
  private static final int MAILS_FOR_DKIMPY = 100;
  private static final long SEED = 20260131L;

  /// Verifies each file of a folder by dkimpy, both signatures, with keys from a file; prints what
  /// fails, and at last how many passed.
  private static final String DKIMPY =
      """
      import dkim, pathlib, sys
      folder = pathlib.Path(sys.argv[1])
      lines = (folder / 'records.txt').read_text().splitlines()
      records = dict(line.split('\\t') for line in lines)
      passed = 0
      for file in sorted(folder.glob('*.eml')):
          for i in range(2):
              name = lambda name, timeout=5: records[name.decode().rstrip('.')].encode()
              if dkim.DKIM(file.read_bytes()).verify(idx=i, dnsfunc=name):
                  passed += 1
              else:
                  print('signature', i, 'of', file.name, 'is wrong')
      print(passed, 'passed')
      """;

  @TempDir Path folder;
  private TestKeys keys;

  @BeforeEach
  void makeKeys() throws Exception {
    keys = new TestKeys(folder);
  }

  // TRAPS 40
  @Test
  void mailsSignedByManyThreadsAtOnce_areAllAccepted() throws Exception {
    for (var mail : send(MAILS, "rsa")) {
      var signatures = keys.verified(mail.raw());
      assertThat(signatures).hasSize(1);
      assertThat(signatures.getFirst().getHeaders())
          .map(CharSequence::toString)
          .containsExactly(
              "From",
              "To",
              "Subject",
              "Date",
              "Message-ID",
              "MIME-Version",
              "Content-Type",
              "Content-Language",
              "List-Id",
              "List-Unsubscribe",
              "List-Unsubscribe-Post",
              "Auto-Submitted",
              "Feedback-ID",
              "From",
              "To",
              "Cc",
              "Reply-To",
              "Subject",
              "Date",
              "List-Unsubscribe",
              "List-Unsubscribe-Post");
      assertThat(signatures.getFirst().getDToken()).hasToString(TestKeys.DOMAIN);
    }
  }

  @Test
  void signature_standsFirst_andNoLineIsLong() throws Exception {
    var text = send(1, "rsa", "ed25519").getFirst().text();
    var head = text.substring(0, text.indexOf("\r\n\r\n"));

    assertThat(text).startsWith("DKIM-Signature: v=1; a=rsa-sha256; ");
    assertThat(text.indexOf("\r\nFrom: ")).isGreaterThan(text.lastIndexOf("DKIM-Signature: "));
    // An address cannot be folded.
    assertThat(head.lines().filter(line -> !line.startsWith("List-Unsubscribe: ")))
        .allMatch(line -> line.length() <= 78);
  }

  @Test
  void mailChangedOnTheWay_isNotAccepted() throws Exception {
    var text = send(1, "rsa").getFirst().text();

    assertThat(keys.verified(bytes(text))).hasSize(1);
    for (var changed :
        List.of(
            text.replace("Subject: ", "Subject: Re: "),
            text.replace("multipart/alternative", "multipart/mixed"),
            text.replace("List-Id: <digest.", "List-Id: <other."),
            text.replace("/u/AAA", "/u/BBB"),
            text.replace("One-Click", "Two-Clicks"),
            text + "more\r\n",
            "From: evil@example.org\r\n" + text,
            "Subject: evil\r\n" + text,
            "Reply-To: evil@example.org\r\n" + text,
            "List-Unsubscribe: <https://evil.example>\r\n" + text)) {
      assertThat(changed).isNotEqualTo(text);
      assertThatThrownBy(() -> keys.verified(bytes(changed))).isInstanceOf(PermFailException.class);
    }
  }

  @Test
  void bothSignatures_areAcceptedByDkimpy() throws Exception {
    assumeTrue(dkimpyIsThere(), "skipped: expected Python's dkim and nacl (Debian: python3-dkim)");
    var mails = send(MAILS_FOR_DKIMPY, "rsa", "ed25519");
    for (int i = 0; i < mails.size(); i++) {
      Files.write(folder.resolve("mail-" + i + ".eml"), mails.get(i).raw());
    }
    Files.writeString(
        folder.resolve("records.txt"),
        keys.records().entrySet().stream()
            .map(record -> record.getKey() + "\t" + record.getValue())
            .collect(Collectors.joining("\n")));

    assertThat(python(DKIMPY, folder.toString())).isEqualTo(2 * MAILS_FOR_DKIMPY + " passed\n");
  }

  private List<ReceivedMail> send(int mails, String... selectors) throws Exception {
    var identity =
        new MailIdentity(
            "digest@example.org",
            "Пока вас не было",
            "mail.example.org",
            Optional.of(keys.settings(selectors)),
            Optional.of(new Bounces("bounces@mail.example.org", Samples.KEYS, Optional.empty())),
            Optional.of("whileaway"));
    var random = new Random(SEED);
    try (var server = FakeSmtpServer.start();
        var sender = Samples.sender(Samples.plain(server), Samples.composer(identity));
        var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < mails; i++) {
        var mail = mail(i, random);
        outcomes.add(threads.submit(() -> sender.send(mail)));
      }
      for (var outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Outcome.Accepted.class);
      }
      assertThat(server.messages()).hasSize(mails);
      return server.messages();
    }
  }

  private static Mail mail(int number, Random random) {
    var text =
        new MailText(
            HostileWords.of(random),
            HostileWords.of(random),
            HostileWords.of(random) + "\n \n",
            "https://mail.example.org/u/" + "A".repeat(190),
            Locale.ENGLISH);
    return new Mail(
        "digest-" + number, "user%d@example.org".formatted(number), HostileWords.of(random), text);
  }

  private static boolean dkimpyIsThere() throws Exception {
    return python("import dkim, nacl; print('yes')").equals("yes\n");
  }

  private static String python(String script, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("/usr/bin/python3", "-c", script));
    command.addAll(List.of(arguments));
    if (!Files.isExecutable(Path.of(command.getFirst()))) {
      return "";
    }
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      var said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
