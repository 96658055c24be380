package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

// TRAPS 32
class PlainTextTest {

  @Test
  void line_controlCharacters_becomeOneSpace() {
    assertThat(PlainText.line("a\r\nBcc: b\u0000c\u2028d\t\te ")).isEqualTo("a Bcc: b c d e");
  }

  @Test
  void line_bidiControls_leave() {
    assertThat(PlainText.line("\u202Egnp.exe\u2069\u200F\u061C")).isEqualTo("gnp.exe");
  }

  @Test
  void line_loneSurrogatesAndNonCharacters_leave() {
    assertThat(PlainText.line("a\uD800b\uDFFFc\uFFFEd\uE000")).isEqualTo("abcd");
  }

  @Test
  void line_emojiThatJoins_stays() {
    String flag = "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F";
    assertThat(PlainText.line("👨‍👩‍👧‍👦 ☀️ " + flag)).isEqualTo("👨‍👩‍👧‍👦 ☀️ " + flag);
  }

  @Test
  void line_marksBeyondTheLimit_leave() {
    assertThat(PlainText.line("Z" + "\u0335".repeat(500)).length()).isEqualTo(5);
  }

  @Test
  void line_longInput_isBounded() {
    assertThat(PlainText.line("x".repeat(1_000_000))).hasSize(PlainText.INPUT_CHARS_MAX);
  }

  @Test
  void cut_textThatFits_stays() {
    assertThat(PlainText.cut("abc", 3, 9)).isEqualTo("abc");
    assertThat(PlainText.cut("👨‍👩‍👧‍👦".repeat(3), 3, 75)).isEqualTo("👨‍👩‍👧‍👦".repeat(3));
  }

  @Test
  void cut_oneGraphemeMore_endsWithEllipsis() {
    assertThat(PlainText.cut("abcd", 3, 100)).isEqualTo("ab…");
    assertThat(PlainText.cut("👨‍👩‍👧‍👦".repeat(4), 3, 1_000))
        .isEqualTo("👨‍👩‍👧‍👦👨‍👩‍👧‍👦…");
    assertThat(PlainText.cut("🇷🇺🇬🇧🇫🇷", 2, 100)).isEqualTo("🇷🇺…");
  }

  @Test
  void cut_byBytes_neverExceedsThem() {
    for (int bytes = 10; bytes < 80; bytes++) {
      String cut = PlainText.cut("Привет 👨‍👩‍👧‍👦 שלום".repeat(5), 1_000, bytes);
      assertThat(PlainText.utf8Length(cut)).isLessThanOrEqualTo(bytes);
      assertThat(cut).endsWith("…").doesNotContain("\uFFFD");
    }
  }

  @Test
  void cut_inAnIsolate_closesIt() {
    String name = PlainText.isolate("שלום".repeat(20), false);
    assertThat(PlainText.cut(name, 10, 1_000)).startsWith("\u2068").endsWith("\u2069…");
  }

  @Test
  void isolate_leftToRightName_staysAsItIs() {
    assertThat(PlainText.isolate("Анна", false)).isEqualTo("Анна");
  }

  // TRAPS 32: in a sentence that runs the other way it is the name of the other kind that would
  // take its neighbours along.
  @Test
  void isolate_inARightToLeftSentence_holdsWhatRunsLeftToRight() {
    assertThat(PlainText.isolate("Anna (3)", true)).isEqualTo("\u2068Anna (3)\u2069");
    assertThat(PlainText.isolate("مريم", true)).isEqualTo("مريم");
    assertThat(PlainText.isolate("", true)).isEmpty();
  }

  @Test
  void initials_ofNames_areTheFirstGraphemes() {
    assertThat(PlainText.initials("anna maria belova")).isEqualTo("AM");
    assertThat(PlainText.initials("🇷🇺 x")).isEqualTo("🇷🇺X");
    assertThat(PlainText.initials("جميلة حداد")).isEqualTo("ج\u200Cح");
    assertThat(PlainText.initials("")).isEmpty();
  }
}
