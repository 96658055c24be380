package dev.whileaway.worker.deliver.mail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaxedFormTest {

  @Test // The example of RFC 6376 section 3.4.5.
  void rfcsExample_isAsTheRfcSays() {
    assertThat(RelaxedForm.header("A: X")).isEqualTo("a:X");
    assertThat(RelaxedForm.header("B : Y\t\r\n\tZ  ")).isEqualTo("b:Y Z");
    assertThat(body(" C \r\nD \t E\r\n\r\n\r\n")).isEqualTo(" C\r\nD E\r\n");
  }

  @Test // The example of RFC 8463 appendix A.
  void rfcsBody_hasTheRfcsHash() throws Exception {
    var body = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n\r\n";

    var hash = DkimKey.sha256(RelaxedForm.body(body.getBytes(UTF_8)));

    assertThat(Base64.getEncoder().encodeToString(hash))
        .isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""           | ""
          "\\r\\n"     | ""
          " \\r\\n\\t" | ""
          "a"          | "a\\r\\n"
          "\\r\\na"    | "\\r\\na\\r\\n"
          "a \\r\\n b" | "a\\r\\n b\\r\\n"
          """)
  void emptyAndUnendedBodies_areAsSection344Says(String written, String expected) {
    assertThat(body(written.translateEscapes())).isEqualTo(expected.translateEscapes());
  }

  private static String body(String written) {
    return new String(RelaxedForm.body(written.getBytes(UTF_8)), UTF_8);
  }
}
