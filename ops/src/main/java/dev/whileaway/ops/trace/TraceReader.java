package dev.whileaway.ops.trace;

import dev.whileaway.v1.Surface;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads a trace, one action at a time: CSV with a header line, sorted by time, gzipped or not.
///
/// A line that is not as the format says ends the reading with a [TraceException] that names the
/// line, what was expected and what was found. So does a file that is not whole, or no UTF-8.
public final class TraceReader implements AutoCloseable {

  /// The first line of every trace.
  public static final String HEADER = "at,action,user,args...";

  private static final long AT_MAX = 253_402_300_799L; // the end of the year 9999

  /// Message, profile visit, favourite, mutual attraction.
  private static final int TYPE_MAX = 4;

  private static final int LINE_BYTES_MAX = 1 << 16;

  private final InputStream bytes;
  private final ByteArrayOutputStream lineBytes = new ByteArrayOutputStream();
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private long line;
  private long lastAt = Long.MIN_VALUE;

  /// Opens a file.
  public static TraceReader open(Path file) throws IOException {
    return open(Files.newInputStream(file));
  }

  /// Opens a stream, which is closed with the reader.
  public static TraceReader open(InputStream in) throws IOException {
    return new TraceReader(in);
  }

  private TraceReader(InputStream in) throws IOException {
    var peek = new PushbackInputStream(in, 2);
    byte[] magic = peek.readNBytes(2);
    peek.unread(magic);
    boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
    line = 1;
    bytes = new BufferedInputStream(gzip ? unzipped(peek) : peek, 1 << 16);
    String header = readLine();
    if (!HEADER.equals(header)) {
      throw expected("the header \"" + HEADER + "\"", header == null ? "an empty file" : header);
    }
  }

  private InputStream unzipped(InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (EOFException | ZipException e) {
      throw broken(e);
    }
  }

  /// The next action; empty at the end.
  ///
  /// @throws TraceException if the line is malformed, or goes back in time
  public Optional<TraceAction> next() throws IOException {
    line++;
    String text = readLine();
    return text == null ? Optional.empty() : Optional.of(parse(text));
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /// A line without its end, LF or CRLF; null after the last. Lines are cut before they are
  /// decoded, so that bytes that are no text are found in the line where they stand.
  private @Nullable String readLine() throws IOException {
    lineBytes.reset();
    try {
      int next = bytes.read();
      if (next < 0) {
        return null;
      }
      while (next >= 0 && next != '\n') {
        lineBytes.write(next);
        if (lineBytes.size() > LINE_BYTES_MAX) {
          throw expected("a line of at most " + LINE_BYTES_MAX + " bytes", "a longer one");
        }
        next = bytes.read();
      }
    } catch (EOFException | ZipException e) {
      throw broken(e);
    }
    try {
      String text = utf8.decode(ByteBuffer.wrap(lineBytes.toByteArray())).toString();
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw expected("UTF-8", lineBytes.toString(StandardCharsets.UTF_8));
    }
  }

  private TraceException broken(IOException e) {
    return expected("a whole gzip file", "a broken one: " + e.getMessage());
  }

  private TraceAction parse(String text) throws TraceException {
    String[] fields = text.split(",", -1);
    if (fields.length < 3) {
      throw expected("AT,ACTION,USER,...", text);
    }
    Instant at = at(fields[0]);
    return switch (fields[1]) {
      case "profile" -> {
        arity(fields, 7, "AT,profile,USER,LOCALE,ZONE,DEVICES,EMAIL");
        yield new TraceAction.Profile(
            at,
            user(fields[2]),
            locale(fields[3]),
            zone(fields[4]),
            (int) number("DEVICES", fields[5], 0, 20),
            number("EMAIL", fields[6], 0, 1) == 1);
      }
      case "visit" -> {
        arity(fields, 4, "AT,visit,USER,SURFACE");
        yield new TraceAction.Visit(at, user(fields[2]), surface(fields[3]));
      }
      case "view" -> {
        arity(fields, 5, "AT,view,USER,SURFACE,T1|T2");
        yield new TraceAction.View(at, user(fields[2]), surface(fields[3]), types(fields[4]));
      }
      case "touch" -> {
        arity(fields, 4, "AT,touch,USER,SURFACE");
        yield new TraceAction.Touch(at, user(fields[2]), surface(fields[3]));
      }
      case "connect" -> {
        arity(fields, 3, "AT,connect,USER");
        yield new TraceAction.Connect(at, user(fields[2]));
      }
      case "disconnect" -> {
        arity(fields, 3, "AT,disconnect,USER");
        yield new TraceAction.Disconnect(at, user(fields[2]));
      }
      case "report" -> {
        arity(fields, 6, "AT,report,RECIPIENT,SENDER,TYPE,DATA");
        yield new TraceAction.Report(
            at,
            user(fields[2]),
            user(fields[3]),
            (int) number("TYPE", fields[4], 1, TYPE_MAX),
            fields[5]);
      }
      case "forget" -> {
        arity(fields, 3, "AT,forget,USER");
        yield new TraceAction.Forget(at, user(fields[2]));
      }
      default ->
          throw expected(
              "one of profile, visit, view, touch, connect, disconnect, report, forget", fields[1]);
    };
  }

  private Instant at(String field) throws TraceException {
    long at = number("AT", field, 0, AT_MAX);
    if (at < lastAt) {
      throw expected("AT of " + lastAt + " or later, since a trace is sorted by time", field);
    }
    lastAt = at;
    return Instant.ofEpochSecond(at);
  }

  private String user(String field) throws TraceException {
    number("USER", field, 0, Long.MAX_VALUE);
    return field;
  }

  private Surface surface(String field) throws TraceException {
    return switch (field) {
      case "web" -> Surface.SURFACE_WEB;
      case "app" -> Surface.SURFACE_APP;
      default -> throw expected("SURFACE web or app", field);
    };
  }

  private Set<Integer> types(String field) throws TraceException {
    Set<Integer> types = new TreeSet<>();
    for (String type : field.split("\\|", -1)) {
      types.add((int) number("TYPE", type, 1, TYPE_MAX));
    }
    return types;
  }

  private Locale locale(String field) throws TraceException {
    try {
      return new Locale.Builder().setLanguageTag(field).build();
    } catch (IllformedLocaleException e) {
      throw expected("LOCALE as a BCP 47 tag", field);
    }
  }

  private ZoneId zone(String field) throws TraceException {
    try {
      return ZoneId.of(field);
    } catch (DateTimeException e) {
      throw expected("ZONE of the IANA data base", field);
    }
  }

  private void arity(String[] fields, int expected, String form) throws TraceException {
    if (fields.length != expected) {
      throw expected(form + " (" + expected + " fields)", fields.length + " fields");
    }
  }

  private long number(String name, String field, long min, long max) throws TraceException {
    try {
      long value = Long.parseLong(field);
      if (value >= min && value <= max && Character.isDigit(field.charAt(0))) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw expected(name + " as a whole number from " + min + " to " + max, field);
  }

  private TraceException expected(String what, String found) {
    String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
    return new TraceException(line, "expected " + what + ", but found \"" + shown + "\"");
  }
}
