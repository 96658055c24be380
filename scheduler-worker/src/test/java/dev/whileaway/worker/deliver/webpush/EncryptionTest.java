package dev.whileaway.worker.deliver.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class EncryptionTest {

  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

  private static final Subscription EXAMPLE =
      new Subscription(
          URI.create("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"),
          BASE64.decode(
              "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
          BASE64.decode("BTBZMqHH6r4Tts7J_aSIgg"));

  /// RFC 8291, appendix A (and section 5): byte for byte.
  @Test
  void example_ofTheStandard_isMadeByteForByte() throws Exception {
    var sender =
        new KeyPair(
            P256.publicKey(
                BASE64.decode(
                    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")),
            P256.privateKey(BASE64.decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));

    byte[] body =
        Encryption.encrypt(
            "When I grow up, I want to be a watermelon".getBytes(UTF_8),
            EXAMPLE,
            sender,
            BASE64.decode("DGv6ra1nlYgDCS1FRnbzlw"));

    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
        .isEqualTo(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
                + "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
                + "gSxsj_Qulcy4a-fN");
  }

  @Test
  void sameText_isNeverTheSameBody_andTheLargestFits() throws Exception {
    byte[] text = new byte[Encryption.PLAIN_BYTES_MAX];

    byte[] one = Encryption.encrypt(text, EXAMPLE);

    assertThat(one).hasSize(Encryption.BODY_BYTES_MAX);
    assertThat(Encryption.encrypt(text, EXAMPLE)).isNotEqualTo(one);
  }

  @Test
  void key_besideTheCurve_isRefused() {
    byte[] point = EXAMPLE.key().clone();
    point[64] ^= 1;
    var forged = new Subscription(EXAMPLE.endpoint(), point, EXAMPLE.auth());

    assertThatThrownBy(() -> Encryption.encrypt(new byte[1], forged))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage("expected a point of P-256, but found one beside it");
  }
}
