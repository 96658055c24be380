package dev.whileaway.worker.deliver.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextEncodingTest {

  private static final long SEED = 20260131L;
  private static final int TEXTS = 3_000;

  @Test
  void encoding_isWhatSuitsTheText() {
    assertThat(of("Hello Anna\r\n")).isEqualTo(TextEncoding.SEVEN_BIT);
    assertThat(of("x".repeat(998) + "\r\n")).isEqualTo(TextEncoding.SEVEN_BIT);
    assertThat(of("x".repeat(999) + "\r\n")).isEqualTo(TextEncoding.QUOTED_PRINTABLE);
    assertThat(of("Hello, it’s Bob\r\n")).isEqualTo(TextEncoding.QUOTED_PRINTABLE);
    assertThat(of("a\0b\r\n")).isEqualTo(TextEncoding.QUOTED_PRINTABLE);
    assertThat(of("Привет, Анна\r\n")).isEqualTo(TextEncoding.BASE64);
    assertThat(of("")).isEqualTo(TextEncoding.SEVEN_BIT);
  }

  @ParameterizedTest
  @EnumSource(names = {"QUOTED_PRINTABLE", "BASE64"})
  void text_encoded_isReadAsItWas_andHasShortLines(TextEncoding encoding) throws Exception {
    var random = new Random(SEED);
    for (int i = 0; i < TEXTS; i++) {
      var text = text(random);
      var encoded = encoding.encode(text);

      assertThat(decoded(encoded, encoding)).as("text %d of seed %d", i, SEED).isEqualTo(text);
      assertThat(new String(encoded, UTF_8).split("\r\n", -1))
          .allMatch(line -> line.matches("[\\x21-\\x7e \\t]{0,76}") && !line.matches(".*[ \\t]"));
    }
  }

  @Test
  void blanksBeforeALinesEnd_andEqualsSigns_areKept() {
    assertThat(new String(QuotedPrintable.encode(bytes("a \r\n=b\t\r\n c ")), UTF_8))
        .isEqualTo("a=20\r\n=3Db=09\r\n c=20");
  }

  private static byte[] text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(HostileWords.of(random)).append(random.nextBoolean() ? "\r\n" : " ");
    }
    return bytes(text.toString());
  }

  private static byte[] decoded(byte[] encoded, TextEncoding encoding) throws Exception {
    try (var in = MimeUtility.decode(new ByteArrayInputStream(encoded), encoding.label)) {
      return in.readAllBytes();
    }
  }

  private static TextEncoding of(String text) {
    return TextEncoding.of(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
