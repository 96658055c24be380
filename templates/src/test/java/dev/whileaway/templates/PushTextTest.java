package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PushTextTest {

  private static final String FAMILY = "👨‍👩‍👧‍👦";

  // TRAPS 30: a push that is too large for its provider is cut, and stays readable.
  @Test
  void shortened_neverCutsInsideALetter() {
    var push = new PushText("title", "Hi " + FAMILY.repeat(3), "é🇵🇱" + "x".repeat(9), "link", 3);
    assertThat(push.shortened(5).body()).isEqualTo("Hi " + FAMILY + "…");
    assertThat(push.shortened(3).longBody()).isEqualTo("é🇵🇱…");
    assertThat(push.shortened(5))
        .extracting(PushText::title, PushText::link, PushText::badge)
        .containsExactly("title", "link", 3);
  }

  @Test
  void shortened_closesTheIsolateOfAName() {
    var push = new PushText("", "\u2068" + "ש".repeat(9) + "\u2069 wrote", "", "", 1);
    assertThat(push.shortened(4).body()).isEqualTo("\u2068שש\u2069…");
  }

  @Test
  void shortened_whatFits_staysAsItIs_andNothingIsNothing() {
    var push = new PushText("a", FAMILY, "b", "c", 1);
    assertThat(push.shortened(1)).isEqualTo(push);
    assertThat(push.shortened(0).body()).isEmpty();
  }
}
