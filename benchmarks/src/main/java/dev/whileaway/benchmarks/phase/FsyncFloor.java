package dev.whileaway.benchmarks.phase;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// What the disk itself allows: one thread that appends a block and waits until it is safe, again
/// and again. No system that syncs before it answers can sync more often.
///
/// @param perSecond syncs
/// @param p50Millis of one sync
/// @param p99Millis of one sync
public record FsyncFloor(double perSecond, double p50Millis, double p99Millis) {

  private static final int BLOCK_BYTES = 4096;

  /// As much as Ratis preallocates: the file's length then seldom changes, which is cheaper.
  private static final long PREALLOCATED_BYTES = 4L << 20;

  /// @param folder on the disk that is meant; a file in it is made and removed
  public static FsyncFloor measure(Path folder, Duration window) throws IOException {
    Path file = folder.resolve("fsync-floor");
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      return measure(channel, window);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static FsyncFloor measure(FileChannel file, Duration window) throws IOException {
    var micros = new Histogram(3);
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    long begun = System.nanoTime();
    long now = begun;
    for (long at = 0; now - begun < window.toNanos(); at += BLOCK_BYTES) {
      if (at % PREALLOCATED_BYTES == 0) {
        file.write(ByteBuffer.allocate((int) PREALLOCATED_BYTES), at);
        file.force(true);
        now = System.nanoTime();
      }
      file.write(block.rewind(), at);
      file.force(false);
      long done = System.nanoTime();
      micros.recordValue((done - now) / 1_000);
      now = done;
    }
    return new FsyncFloor(
        micros.getTotalCount() / ((now - begun) / 1e9),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3);
  }
}
