package dev.whileaway.worker.deliver.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.testkit.smtp.FakeSmtpServer;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import dev.whileaway.worker.deliver.DeliverySettings.MailIdentity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BounceAddressesTest {

  private static final AddressPrint ANNA = AddressPrint.of("anna@example.org");
  private static final Bounces SETTINGS =
      new Bounces("Bounces@mail.example.org", Samples.KEYS, Optional.empty());

  private final BounceAddresses addresses = new BounceAddresses(SETTINGS);

  @Test
  void address_namesItsRecipient_alwaysTheSame_alsoInCapitals() {
    var address = addresses.of("Anna@example.org");

    assertThat(address)
        .matches("bounces\\+[0-9a-f]{44}@mail\\.example\\.org")
        .isEqualTo(addresses.of("anna@example.org"));
    assertThat(addresses.recipient(address)).contains(ANNA);
    assertThat(addresses.recipient(address.toUpperCase(Locale.ROOT))).contains(ANNA);
  }

  @Test
  void addressThatWeDidNotMake_namesNobody() {
    var address = addresses.of("anna@example.org");
    int token = address.indexOf('+') + 1;
    for (int i = token; i < address.indexOf('@'); i++) {
      var other = address.charAt(i) == 'a' ? "b" : "a";
      var forged = address.substring(0, i) + other + address.substring(i + 1);
      assertThat(addresses.recipient(forged)).as(forged).isEmpty();
    }
    assertThat(
            List.of(
                "",
                "bounces@mail.example.org",
                "bounces+@mail.example.org",
                address.replace("mail.", "evil."),
                address.replace("bounces", "bounce"),
                address.substring(0, token) + "g".repeat(44) + "@mail.example.org"))
        .allSatisfy(it -> assertThat(addresses.recipient(it)).isEmpty());
  }

  @Test
  void address_ofTheOldKey_isReadAfterARotation() {
    var newKey = "another secret of thirty-two characters";
    var rotated =
        new BounceAddresses(
            new Bounces(
                SETTINGS.address(), KeyRing.of(List.of(newKey, Samples.SECRET)), Optional.empty()));

    assertThat(rotated.recipient(addresses.of("anna@example.org"))).contains(ANNA);
    assertThat(addresses.recipient(rotated.of("anna@example.org"))).isEmpty();
  }

  @Test
  void setting_thatLeavesNoRoom_isRefused() {
    var longest = new Bounces("b".repeat(19) + "@example.org", Samples.KEYS, Optional.empty());
    var tooLong = new Bounces("b".repeat(20) + "@example.org", Samples.KEYS, Optional.empty());

    assertThat(new BounceAddresses(longest).of("anna@example.org").indexOf('@')).isEqualTo(64);
    assertThatThrownBy(() -> new BounceAddresses(tooLong))
        .hasMessage(
            "mail.bounce-address: expected at most 19 characters before the @, but found 20");
    assertThatThrownBy(
            () -> new BounceAddresses(new Bounces("bounces", Samples.KEYS, Optional.empty())))
        .hasMessage("mail.bounce-address: expected an e-mail address, but found bounces");
  }

  @Test
  void mail_isSentFromIt_andShowsTheOther() throws Exception {
    var identity =
        new MailIdentity(
            "digest@example.org",
            "Whileaway",
            "mail.example.org",
            Optional.empty(),
            Optional.of(SETTINGS),
            Optional.of("whileaway"));
    try (var server = FakeSmtpServer.start();
        var sender = Samples.sender(Samples.plain(server), Samples.composer(identity))) {
      sender.send(Samples.mailTo("anna@example.org"));

      var mail = server.messages().getFirst();
      assertThat(addresses.recipient(mail.from())).contains(ANNA);
      assertThat(mail.text())
          .contains("\r\nFrom: Whileaway <digest@example.org>\r\n")
          .contains("\r\nFeedback-ID: ru:digest:whileaway\r\n")
          .doesNotContain("bounces+");
    }
  }
}
