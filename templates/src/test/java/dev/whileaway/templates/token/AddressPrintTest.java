package dev.whileaway.templates.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressPrintTest {

  @Test
  void address_hasOnePrint_howeverItIsWritten() {
    var print = AddressPrint.of("anna@bücher.example");

    assertThat(print.hex()).matches("[0-9a-f]{24}");
    assertThat(AddressPrint.of("Anna@BÜCHER.example")).isEqualTo(print);
    assertThat(AddressPrint.of("anna@xn--bcher-kva.example")).isEqualTo(print);
    assertThat(AddressPrint.of("\"anna\"@bücher.example")).isEqualTo(print);
    assertThat(AddressPrint.of("\"an\\na\"@bücher.example")).isEqualTo(print);
    assertThat(AddressPrint.of("ju\u0308rgen@example.org"))
        .isEqualTo(AddressPrint.of("j\u00fcrgen@example.org"));
    assertThat(AddressPrint.of("anna@faß.example"))
        .isNotEqualTo(AddressPrint.of("anna@fass.example"));
    assertThat(AddressPrint.of(print.bytes())).isEqualTo(print);
    assertThat(AddressPrint.of("anne@bücher.example")).isNotEqualTo(print);
    assertThat(AddressPrint.of("anna")).isNotEqualTo(AddressPrint.of(""));
  }

  @Test
  void whatIsNoPrint_isRefused() {
    assertThatThrownBy(() -> new AddressPrint("12"))
        .hasMessage("expected 24 hexadecimal digits, but found \"12\"");
  }
}
