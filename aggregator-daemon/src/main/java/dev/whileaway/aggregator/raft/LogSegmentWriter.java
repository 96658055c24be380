package dev.whileaway.aggregator.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;

/// Writes one file of the raft log, in the form that [LogSegmentFile] reads.
///
/// Room is made ahead, filled with zeros: forcing an entry into it forces no new length of the
/// file, which takes half as long. For one thread.
final class LogSegmentWriter implements AutoCloseable {

  /// A larger one would stall those who wait for the entry that needs it.
  static final int ROOM_BYTES = 4 * 1024 * 1024;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 * 1024).asReadOnlyBuffer();

  private static final int BUFFER_BYTES = 256 * 1024;

  private final LogSegment segment;
  private final FileChannel file;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long written;
  private long room;

  private LogSegmentWriter(LogSegment segment, FileChannel file) {
    this.segment = segment;
    this.file = file;
  }

  /// Creates the file, with room in it; forced, so that it is there after a power loss once the
  /// folder is forced too.
  static LogSegmentWriter create(LogSegment segment) throws IOException {
    FileChannel file =
        FileChannel.open(segment.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var writer = new LogSegmentWriter(segment, file);
    try {
      writer.makeRoom(ROOM_BYTES);
      writer.buffer.put(LogSegmentFile.header());
      writer.writeBuffer();
      writer.force();
      return writer;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  LogSegment segment() {
    return segment;
  }

  /// Bytes up to the end of the last entry.
  long written() {
    return written;
  }

  /// How many bytes an entry takes here.
  static int framed(LogEntryProto entry) {
    int bytes = entry.getSerializedSize();
    return CodedOutputStream.computeUInt32SizeNoTag(bytes) + bytes + Integer.BYTES;
  }

  /// Writes an entry; it is durable after [#force].
  void write(LogEntryProto entry) throws IOException {
    int bytes = framed(entry);
    buffer = bytes > buffer.capacity() ? ByteBuffer.allocateDirect(bytes) : buffer.clear();
    CodedOutputStream out = CodedOutputStream.newInstance(buffer);
    out.writeUInt32NoTag(entry.getSerializedSize());
    entry.writeTo(out);
    out.flush();
    buffer.position(bytes - Integer.BYTES);
    var sum = new CRC32C();
    sum.update(buffer.duplicate().flip());
    buffer.putInt((int) sum.getValue());
    makeRoom(written + bytes);
    writeBuffer();
  }

  void force() throws IOException {
    file.force(false);
  }

  private void writeBuffer() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      written += file.write(buffer, written);
    }
  }

  private void makeRoom(long upTo) throws IOException {
    long wanted = Math.ceilDiv(upTo, ROOM_BYTES) * ROOM_BYTES;
    while (room < wanted) {
      int bytes = (int) Math.min(ZEROS.capacity(), wanted - room);
      room += file.write(ZEROS.slice(0, bytes), room);
    }
  }

  /// Lets go of the room that was not needed.
  void trim() throws IOException {
    file.truncate(written);
    file.force(true);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
