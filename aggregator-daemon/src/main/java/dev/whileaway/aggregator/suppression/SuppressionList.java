package dev.whileaway.aggregator.suppression;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.v1.Suppression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Addresses that are never mailed again. Reading is done from memory; writing blocks until it is
/// on the disk. Safe for use by many threads.
///
/// It grows with the addresses that bounced or complained, some 300 bytes each, and nothing else
/// limits it: to forget one would be to mail it.
public final class SuppressionList implements AutoCloseable {

  /// Removed entries leave two lines in the file; beyond so many it is written anew at a start.
  private static final int SPARE_LINES_MAX = 1_000;

  private final SuppressionFile file;
  private final NavigableMap<String, Suppression> byPrint;

  private SuppressionList(SuppressionFile file, NavigableMap<String, Suppression> byPrint) {
    this.file = file;
    this.byPrint = byPrint;
  }

  /// Reads the list, or begins one. The file must be this process' alone.
  ///
  /// @throws IOException if the file cannot be read or written, or is damaged
  public static SuppressionList open(Path path) throws IOException {
    var lines = SuppressionFile.read(path);
    var byPrint = new ConcurrentSkipListMap<String, Suppression>();
    for (var line : lines) {
      if (line.added()) {
        byPrint.put(line.suppression().getPrint(), line.suppression());
      } else {
        byPrint.remove(line.suppression().getPrint());
      }
    }
    boolean fit = !lines.isEmpty() && lines.size() - byPrint.size() <= SPARE_LINES_MAX;
    var file =
        fit
            ? SuppressionFile.open(path)
            : SuppressionFile.write(
                path,
                byPrint.values().stream().map(some -> new SuppressionLine(true, some)).toList());
    return new SuppressionList(file, byPrint);
  }

  /// @return false if the address is suppressed already; the first reason stays
  /// @throws IOException if it cannot be written; whether it stays is not known
  public synchronized boolean add(Suppression suppression) throws IOException {
    if (byPrint.containsKey(suppression.getPrint())) {
      return false;
    }
    file.append(new SuppressionLine(true, suppression));
    byPrint.put(suppression.getPrint(), suppression);
    return true;
  }

  /// @return false if the address is not suppressed
  /// @throws IOException if it cannot be written; whether it stays is not known
  public synchronized boolean remove(AddressPrint print) throws IOException {
    var suppression = byPrint.get(print.hex());
    if (suppression == null) {
      return false;
    }
    file.append(new SuppressionLine(false, suppression));
    byPrint.remove(print.hex());
    return true;
  }

  public Optional<Suppression> of(AddressPrint print) {
    return Optional.ofNullable(byPrint.get(print.hex()));
  }

  /// How many addresses are suppressed.
  public int size() {
    return byPrint.size();
  }

  /// Up to `limit` entries, by print.
  ///
  /// @param print those that follow it; empty: from the beginning
  public List<Suppression> after(String print, int limit) {
    return byPrint.tailMap(print, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
