package dev.whileaway.aggregator.suppression;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.Suppression;
import dev.whileaway.v1.SuppressionReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A line of the file: a checksum and, parted by tabs, what became of one address. People can read
/// it.
///
/// ```
/// 1c5d9a07  +  PRINT  2026-11-21T16:00:00Z  BOUNCED  anna@example.org  550 5.1.1 No such user
/// 83be4410  -  PRINT
/// ```
///
/// @param suppression with its print alone if it was removed
record SuppressionLine(boolean added, Suppression suppression) {

  private static final String REASON = "SUPPRESSION_REASON_";
  private static final int ADDED_FIELDS = 5;
  private static final int REMOVED_FIELDS = 1;

  /// Without its line break.
  String text() {
    var content = added ? "+\t" + fields() : "-\t" + suppression.getPrint();
    return checksum(content) + "\t" + content;
  }

  private String fields() {
    return String.join(
        "\t",
        suppression.getPrint(),
        Instant.ofEpochMilli(Timestamps.toMillis(suppression.getAt())).toString(),
        suppression.getReason().name().substring(REASON.length()),
        suppression.getAddress(),
        suppression.getDetail());
  }

  /// Empty: it is damaged.
  static Optional<SuppressionLine> parse(String text) {
    int tab = text.indexOf('\t');
    var content = text.substring(tab + 1);
    if (tab < 0 || !checksum(content).equals(text.substring(0, tab))) {
      return Optional.empty();
    }
    var fields = content.split("\t", -1);
    try {
      if (fields[0].equals("+") && fields.length == 1 + ADDED_FIELDS) {
        return Optional.of(new SuppressionLine(true, suppression(fields)));
      }
      return fields[0].equals("-") && fields.length == 1 + REMOVED_FIELDS
          ? Optional.of(
              new SuppressionLine(false, Suppression.newBuilder().setPrint(fields[1]).build()))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException unknown) {
      return Optional.empty();
    }
  }

  private static Suppression suppression(String[] fields) {
    return Suppression.newBuilder()
        .setPrint(fields[1])
        .setAt(Timestamps.fromMillis(Instant.parse(fields[2]).toEpochMilli()))
        .setReason(SuppressionReason.valueOf(REASON + fields[3]))
        .setAddress(fields[4])
        .setDetail(fields[5])
        .build();
  }

  private static String checksum(String content) {
    var crc = new CRC32C();
    crc.update(content.getBytes(UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
