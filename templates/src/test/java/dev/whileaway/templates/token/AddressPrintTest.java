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
