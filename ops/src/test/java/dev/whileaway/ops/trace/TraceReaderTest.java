package dev.whileaway.ops.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.v1.Surface;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {

  private static final Instant AT = Instant.ofEpochSecond(10);

  @Test
  void everyAction_isRead() throws IOException {
    assertThat(
            read(
                """
                10,profile,1,ru,Europe/Moscow,2,1
                10,visit,1,web
                10,view,1,app,1|3
                10,touch,1,web
                10,connect,1
                10,disconnect,1
                10,report,1,2,4,hello
                10,forget,1
                """))
        .containsExactly(
            new TraceAction.Profile(
                AT, "1", Locale.forLanguageTag("ru"), ZoneId.of("Europe/Moscow"), 2, true),
            new TraceAction.Visit(AT, "1", Surface.SURFACE_WEB),
            new TraceAction.View(AT, "1", Surface.SURFACE_APP, Set.of(1, 3)),
            new TraceAction.Touch(AT, "1", Surface.SURFACE_WEB),
            new TraceAction.Connect(AT, "1"),
            new TraceAction.Disconnect(AT, "1"),
            new TraceAction.Report(AT, "1", "2", 4, "hello"),
            new TraceAction.Forget(AT, "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "9,connect,1;expected AT of 10 or later",
        "x,connect,1;expected AT as a whole number",
        "-1,connect,1;expected AT as a whole number",
        "10,jump,1;expected one of profile, visit",
        "10,visit,1;expected AT,visit,USER,SURFACE (4 fields), but found \"3 fields\"",
        "10,visit,1,tv;expected SURFACE web or app, but found \"tv\"",
        "10,visit,anna,web;expected USER as a whole number",
        "10,view,1,web,1|x;expected TYPE as a whole number",
        "10,profile,1,en,Moon/Base,0,1;expected ZONE of the IANA data base",
        "10,profile,1,e_n_,UTC,0,1;expected LOCALE as a BCP 47 tag",
        "10,profile,1,en,UTC,-1,1;expected DEVICES as a whole number from 0 to 20",
        "10,profile,1,en,UTC,0,yes;expected EMAIL as a whole number from 0 to 1",
        "10,report,1,2,0,x;expected TYPE as a whole number from 1 to 4",
        "10,report,1,2,5,x;expected TYPE as a whole number from 1 to 4",
        "10,report,1,2,1,x,y;expected AT,report,RECIPIENT,SENDER,TYPE,DATA (6 fields)",
        "10,report,1,anna,1,x;expected USER as a whole number",
        "10,report,1,,1,x;expected USER as a whole number",
        "10,visit,,web;expected USER as a whole number",
        "10,view,1,web,;expected TYPE as a whole number",
        "10,view,1,web,1|;expected TYPE as a whole number",
        "10.5,connect,1;expected AT as a whole number",
        "+10,connect,1;expected AT as a whole number",
        "' 10,connect,1';expected AT as a whole number",
        "99999999999999999999,connect,1;expected AT as a whole number",
        "'';expected AT,ACTION,USER",
        "10,VISIT,1,web;expected one of profile, visit",
        "10;expected AT,ACTION,USER"
      })
  void malformedLine_isRefused_withItsNumber(String line, String complaint) {
    assertThatThrownBy(() -> read("10,connect,1\n" + line + "\n"))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith("line 3: ")
        .hasMessageContaining(complaint);
  }

  @Test
  void missingHeader_isRefused() {
    assertThatThrownBy(() -> open("10,connect,1\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageStartingWith("line 1: expected the header");
    assertThatThrownBy(() -> open(new byte[0])).hasMessageContaining("an empty file");
  }

  @Test
  void gzip_isRecognised() throws IOException {
    try (var reader = open(zipped("10,connect,1\n"))) {
      assertThat(reader.next()).contains(new TraceAction.Connect(AT, "1"));
      assertThat(reader.next()).isEmpty();
    }
  }

  /// A file that was cut anywhere must not pass for a shorter one.
  @Test
  void gzipCutAnywhere_isRefused() throws IOException {
    byte[] whole = zipped("10,connect,1\n10,disconnect,1\n");
    for (int length = 2; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> readAll(cut))
          .as("%d bytes", length)
          .isInstanceOf(TraceException.class)
          .hasMessageMatching("line \\d: expected a whole gzip file, but found .*");
    }
  }

  @Test
  void gzipWithAFlippedByte_isRefused() throws IOException {
    byte[] broken = zipped("10,connect,1\n".repeat(1000));
    broken[broken.length - 6] ^= 1; // its checksum
    assertThatThrownBy(() -> readAll(broken))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("line 1002: expected a whole gzip file");
  }

  @Test
  void bytesThatAreNoText_areRefused_inTheirLine() {
    byte[] lines = lines("10,connect,1\n10,report,1,2,1,caf?\n10,connect,1\n");
    for (int i = 0; i < lines.length; i++) {
      lines[i] = lines[i] == '?' ? (byte) 0xe9 : lines[i];
    }
    assertThatThrownBy(() -> readAll(lines))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith("line 3: expected UTF-8, but found");
  }

  @Test
  void lineWithoutEnd_isRefusedBeforeItFillsTheMemory() {
    assertThatThrownBy(() -> read("10,connect," + "1".repeat(100_000)))
        .hasMessageStartingWith("line 2: expected a line of at most 65536 bytes");
  }

  @Test
  void linesThatEndInCrLf_areRead_andSoIsALastOneWithoutEnd() throws IOException {
    byte[] bytes =
        (TraceReader.HEADER + "\r\n10,report,1,2,1,ü\r\n10,connect,1")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(readAll(bytes))
        .containsExactly(
            new TraceAction.Report(AT, "1", "2", 1, "ü"), new TraceAction.Connect(AT, "1"));
  }

  private static List<TraceAction> read(String lines) throws IOException {
    return readAll(lines(lines));
  }

  private static List<TraceAction> readAll(byte[] bytes) throws IOException {
    var actions = new ArrayList<TraceAction>();
    try (var reader = open(bytes)) {
      for (Optional<TraceAction> next = reader.next(); next.isPresent(); next = reader.next()) {
        actions.add(next.get());
      }
    }
    return actions;
  }

  private static TraceReader open(byte[] bytes) throws IOException {
    return TraceReader.open(new ByteArrayInputStream(bytes));
  }

  private static byte[] lines(String lines) {
    return (TraceReader.HEADER + "\n" + lines).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zipped(String lines) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(lines(lines));
    }
    return bytes.toByteArray();
  }
}
