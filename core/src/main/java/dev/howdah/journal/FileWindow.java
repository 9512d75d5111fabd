package dev.howdah.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/**
 * Reads a file through 64 KiB of memory, never beyond a limit: what lies there may still change.
 * Not thread-safe.
 */
final class FileWindow implements Closeable {

  private static final int BYTES = 64 * 1024;

  private final RandomAccessFile file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);
  private long start;
  private int size;
  private long limit;

  FileWindow(RandomAccessFile file) {
    this.file = file;
  }

  /** The limit only rises. */
  void limit(long position) {
    limit = position;
  }

  long limit() {
    return limit;
  }

  /**
   * The bytes in memory: valid from {@link #index} on, for as many bytes as {@link #available}
   * said.
   */
  ByteBuffer buffer() {
    return buffer;
  }

  byte[] array() {
    return buffer.array();
  }

  int index(long position) {
    return (int) (position - start);
  }

  /** How many bytes from there are in memory: at least those wanted, where the file has them. */
  int available(long position, int wanted) throws IOException {
    long there = start + size - position;
    if (position < start || there < Math.min(wanted, limit - position)) {
      size = 0; // Should reading fail.
      int count = (int) Math.min(BYTES, limit - position);
      file.seek(position);
      file.readFully(buffer.array(), 0, count);
      start = position;
      size = count;
      there = count;
    }
    return (int) there;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
