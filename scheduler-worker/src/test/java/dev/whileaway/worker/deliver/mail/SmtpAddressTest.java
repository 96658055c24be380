package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.worker.deliver.DeliverySettings.Smtp.StartTls;
import dev.whileaway.worker.deliver.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Addresses of all scripts, and what is none.
class SmtpAddressTest {

  private final FakeSmtpServer server = FakeSmtpServer.start();
  private final SmtpMailSender sender = Samples.sender(Samples.plain(server));

  @AfterEach
  void close() {
    sender.close();
    server.close();
  }

  @Test
  void address_international_goesOverSmtpUtf8AndIdn() throws Exception {
    assertThat(sender.send(Samples.mailTo("анна@пример.рф"))).isInstanceOf(Outcome.Accepted.class);

    var mail = server.messages().getFirst();
    assertThat(mail.to()).isEqualTo("анна@xn--e1afmkfd.xn--p1ai");
    assertThat(new String(mail.raw(), StandardCharsets.UTF_8))
        .contains("<анна@xn--e1afmkfd.xn--p1ai>");
  }

  @Test
  void address_thatNeedsSmtpUtf8_isRejectedWhereItIsNotOffered() throws Exception {
    try (var old = new ScriptedSmtp();
        var plain = Samples.sender(Samples.settings(old.port(), StartTls.OFF, Optional.empty()))) {
      var outcome = plain.send(Samples.mailTo("анна@example.org"));

      assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
      assertThat(outcome.detail()).contains("SMTPUTF8");
      assertThat(old.heard()).doesNotContain("MAIL");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nobody",
    "@example.org",
    "a b@example.org",
    "anna@",
    "'a@b.org, c@d.org'",
    "'all:a@b.org;'"
  })
  void address_malformed_isRejectedWithWords(String address) throws Exception {
    var outcome = sender.send(Samples.mailTo(address));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.detail()).startsWith("expected an e-mail address, but found ");
  }
}
