package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.file.DigestFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a rehearsal shows: the mail as it would lie in a mailbox.
class FileMailSenderTest {

  private static final String ANNA = "anna@example.org";

  @TempDir private Path folder;

  @Test
  void file_beginsWithWhereBouncesGo() throws Exception {
    var bounces = new Bounces("bounces@m.example.org", Samples.KEYS, Optional.empty());
    var identity =
        new MailIdentity(
            "digest@example.org",
            "Пока вас не было",
            "mail.example.org",
            Optional.empty(),
            Optional.of(bounces),
            Optional.empty());

    assertThat(written(Samples.composer(identity)))
        .startsWith("Return-Path: <" + new BounceAddresses(bounces).of(ANNA) + ">\r\nDate: ");
  }

  @Test
  void file_withoutABounceAddress_namesTheSender() throws Exception {
    assertThat(written(Samples.composer())).startsWith("Return-Path: <digest@example.org>\r\n");
  }

  private String written(MailComposer composer) throws Exception {
    var sender =
        new FileMailSender(new DigestFolder(folder, Samples.CLOCK), composer, Suppressions.NONE);
    var taken = (Outcome.Accepted) sender.send(Samples.mailTo(ANNA));
    return Files.readString(folder.resolve(taken.providerId()));
  }
}
