package dev.howdah.journal;

import dev.howdah.batch.ByteBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a segment, drawn in {@link JournalSegment}.
 *
 * @param version of the format; of another one than {@link #VERSION} no more than this is known
 * @param length bytes of the header, where the first frame starts
 * @param instanceId the owner's
 * @param segmentNumber from 1
 * @param owner null when the text about it can't be understood
 */
record SegmentHeader(
    int version, int length, long instanceId, long segmentNumber, @Nullable JournalOwner owner) {

  static final int VERSION = 1;

  private static final long MAGIC = 0xFFFE_484F_5744_4148L;
  private static final int FIXED_BYTES = 34;
  private static final int CRC_BYTES = 4;
  private static final int MAX_BYTES = 1 << 20;

  static byte[] encode(JournalOwner owner, long segmentNumber) {
    byte[] json = owner.toJson();
    int length = padded(FIXED_BYTES + json.length + CRC_BYTES);
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException("the journal's owner takes more than 1 MiB: " + length);
    }
    ByteBuilder out = new ByteBuilder(length);
    out.putLong(MAGIC);
    out.putShort(VERSION);
    out.putInt(length);
    out.putLong(owner.instanceId());
    out.putLong(segmentNumber);
    out.putInt(json.length);
    out.putBytes(json);
    out.putBytes(new byte[length - CRC_BYTES - out.length()]);
    out.putInt(crc(out.array(), length - CRC_BYTES));
    return Arrays.copyOf(out.array(), length);
  }

  /** Null when the file does not start with a whole header. */
  static @Nullable SegmentHeader read(RandomAccessFile file) throws IOException {
    if (file.length() < FIXED_BYTES) {
      return null;
    }
    byte[] bytes = new byte[FIXED_BYTES];
    file.seek(0);
    file.readFully(bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int length = in.getInt(10);
    boolean isPlausible =
        in.getLong(0) == MAGIC && length >= FIXED_BYTES && length <= MAX_BYTES && length % 8 == 0;
    if (!isPlausible || length > file.length()) {
      return null;
    }
    bytes = Arrays.copyOf(bytes, length);
    file.readFully(bytes, FIXED_BYTES, length - FIXED_BYTES);
    int crc = ByteBuffer.wrap(bytes).getInt(length - CRC_BYTES);
    return crc == crc(bytes, length - CRC_BYTES) ? decode(bytes) : null;
  }

  private static @Nullable SegmentHeader decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.getShort(8) & 0xFFFF;
    int length = in.getInt(10);
    if (version != VERSION) {
      return new SegmentHeader(version, length, 0, 0, null);
    }
    int textLength = in.getInt(30);
    if (textLength < 0 || textLength > length - FIXED_BYTES - CRC_BYTES) {
      return null;
    }
    long instanceId = in.getLong(14);
    byte[] json = Arrays.copyOfRange(bytes, FIXED_BYTES, FIXED_BYTES + textLength);
    JournalOwner owner = JournalOwner.fromJson(instanceId, json);
    return new SegmentHeader(version, length, instanceId, in.getLong(22), owner);
  }

  private static int padded(int length) {
    return (length + 7) & -8;
  }

  private static int crc(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return (int) crc.getValue();
  }
}
