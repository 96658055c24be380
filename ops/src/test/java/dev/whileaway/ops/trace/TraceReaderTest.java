package dev.whileaway.ops.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.v1.Surface;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
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
        "10,report,1,2,0,x;expected TYPE as a whole number from 1 to 65535",
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
    assertThatThrownBy(() -> new TraceReader(new StringReader("10,connect,1\n")))
        .hasMessageStartingWith("line 1: expected the header");
    assertThatThrownBy(() -> new TraceReader(new StringReader("")))
        .hasMessageContaining("an empty file");
  }

  @Test
  void gzip_isRecognised() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write((TraceReader.HEADER + "\n10,connect,1\n").getBytes(StandardCharsets.UTF_8));
    }

    try (var reader = TraceReader.open(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(reader.next()).contains(new TraceAction.Connect(AT, "1"));
      assertThat(reader.next()).isEmpty();
    }
  }

  private static List<TraceAction> read(String lines) throws IOException {
    var actions = new ArrayList<TraceAction>();
    try (var reader = new TraceReader(new StringReader(TraceReader.HEADER + "\n" + lines))) {
      for (Optional<TraceAction> next = reader.next(); next.isPresent(); next = reader.next()) {
        actions.add(next.get());
      }
    }
    return actions;
  }
}
