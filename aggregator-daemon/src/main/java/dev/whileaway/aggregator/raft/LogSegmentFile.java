package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;

/// A file of the raft log, read as far as its entries are whole.
///
/// ```
///   "RaftLog1"  { length (varint)  LogEntryProto  CRC-32C of both (4 bytes) }*  zeros, to the end
/// ```
///
/// @param nextIndex the index after the last whole entry
/// @param bytes the file's length up to there
/// @param end what follows
record LogSegmentFile(long nextIndex, int bytes, End end) {

  private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.US_ASCII);
  private static final int VARINT_BYTES_MAX = 5;
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  /// How an entry begins: the tags of its term and of its index.
  private static final byte TERM_TAG = 1 << 3;

  /// What follows the last whole entry.
  sealed interface End {
    /// Nothing but zeros.
    record Clean() implements End {}

    /// The beginning of an entry whose write did not reach its end.
    record Torn() implements End {}

    /// Anything else.
    record Damaged(String detail) implements End {}
  }

  /// A place where an entry may lie.
  ///
  /// @param body where its message begins
  /// @param end behind its checksum
  private record Frame(int start, int body, int end) {}

  /// Takes the whole entries, in their order.
  interface Visitor {
    /// @param at the byte at which it begins
    void entry(int at, LogEntryProto entry);
  }

  static LogSegmentFile read(Path file, long firstIndex) throws IOException {
    return read(file, firstIndex, (at, entry) -> {});
  }

  static LogSegmentFile read(Path file, long firstIndex, Visitor visitor) throws IOException {
    return new Reader(Files.readAllBytes(file)).read(firstIndex, visitor);
  }

  /// What a file begins with.
  static byte[] header() {
    return HEADER.clone();
  }

  private record Reader(byte[] file) {

    LogSegmentFile read(long firstIndex, Visitor visitor) {
      for (int i = 0; i < Math.min(HEADER.length, file.length); i++) {
        if (file[i] != HEADER[i]) {
          return new LogSegmentFile(
              firstIndex, 0, zerosFrom(i) ? new End.Torn() : damaged("no header"));
        }
      }
      if (file.length < HEADER.length) {
        return new LogSegmentFile(firstIndex, 0, new End.Torn());
      }
      long index = firstIndex;
      int at = HEADER.length;
      while (true) {
        Optional<Frame> frame = frame(at);
        Optional<LogEntryProto> found = frame.flatMap(this::entry);
        if (found.isEmpty()) {
          return new LogSegmentFile(index, at, end(at));
        }
        if (found.get().getIndex() != index) {
          return new LogSegmentFile(index, at, damaged("entry " + found.get().getIndex()));
        }
        visitor.entry(at, found.get());
        index++;
        at = frame.orElseThrow().end();
      }
    }

    /// What lies at `at`, where no whole entry does.
    private End end(int at) {
      if (zerosFrom(at)) {
        return new End.Clean();
      }
      Optional<Frame> frame = frame(at);
      if (frame.isEmpty()) {
        return damaged("no length of an entry");
      }
      if (hasEntryAfter(at)) {
        return damaged("something else, and after it entries that are whole");
      }
      if (hasDamagedLength(frame.get())) {
        return damaged("one of a damaged length");
      }
      return isWrittenToItsEnd(frame.get()) ? damaged("one of another checksum") : new End.Torn();
    }

    /// A write that was cut short is followed by zeros, or by the end of the file; the cut may lie
    /// in the checksum.
    private boolean isWrittenToItsEnd(Frame frame) {
      if (frame.end() > file.length) {
        return false;
      }
      int sum = sum(frame);
      for (int bytes = 0; bytes < CHECKSUM_BYTES; bytes++) {
        int written = bytes == 0 ? 0 : sum & -1 << (CHECKSUM_BYTES - bytes) * Byte.SIZE;
        if (checksum(frame) == written) {
          return !zerosFrom(frame.end());
        }
      }
      return true;
    }

    private static End damaged(String found) {
      return new End.Damaged("expected a whole entry, but found " + found);
    }

    private boolean zerosFrom(int from) {
      for (int i = from; i < file.length; i++) {
        if (file[i] != 0) {
          return false;
        }
      }
      return true;
    }

    /// By the length that stands there; it may reach beyond the file. Empty: there is none. A
    /// length cut short by the end of the file reaches beyond it.
    private Optional<Frame> frame(int at) {
      long length = 0;
      for (int i = 0; i < VARINT_BYTES_MAX; i++) {
        if (at + i >= file.length) {
          return i == 0 ? Optional.empty() : Optional.of(new Frame(at, at + i, file.length + 1));
        }
        length |= (file[at + i] & 0x7FL) << (7 * i);
        if (file[at + i] >= 0) {
          return length == 0 || length > RatisProperties.ENTRY_BYTES_MAX
              ? Optional.empty()
              : Optional.of(new Frame(at, at + i + 1, at + i + 1 + (int) length + CHECKSUM_BYTES));
        }
      }
      return Optional.empty();
    }

    /// Empty: what lies there is not whole.
    private Optional<LogEntryProto> entry(Frame frame) {
      if (frame.end() > file.length || sum(frame) != checksum(frame)) {
        return Optional.empty();
      }
      try {
        var message =
            ByteBuffer.wrap(file, frame.body(), frame.end() - CHECKSUM_BYTES - frame.body());
        return Optional.of(LogEntryProto.parseFrom(message));
      } catch (InvalidProtocolBufferException e) {
        return Optional.empty();
      }
    }

    private int sum(Frame frame) {
      var sum = new CRC32C();
      sum.update(file, frame.start(), frame.end() - CHECKSUM_BYTES - frame.start());
      return (int) sum.getValue();
    }

    /// As it stands there.
    private int checksum(Frame frame) {
      return ByteBuffer.wrap(file).getInt(frame.end() - CHECKSUM_BYTES);
    }

    /// Most places are ruled out by a look at the byte that an entry begins with.
    private boolean hasEntryAfter(int at) {
      for (int i = at + 1; i < file.length; i++) {
        Optional<Frame> frame = file[i] == 0 ? Optional.empty() : frame(i);
        if (frame.isPresent()
            && frame.get().end() <= file.length
            && file[frame.get().body()] == TERM_TAG
            && entry(frame.get()).isPresent()) {
          return true;
        }
      }
      return false;
    }

    /// Whether one flipped bit of its length makes it whole.
    private boolean hasDamagedLength(Frame frame) {
      for (int i = frame.start(); i < Math.min(frame.body() + 1, file.length); i++) {
        for (int bit = 1; bit <= 0x80; bit <<= 1) {
          file[i] ^= (byte) bit;
          boolean whole = frame(frame.start()).flatMap(this::entry).isPresent();
          file[i] ^= (byte) bit;
          if (whole) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
