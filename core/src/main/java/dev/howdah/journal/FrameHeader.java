package dev.howdah.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a frame, drawn in {@link JournalSegment}.
 *
 * @param position where the frame starts in its file
 * @param length bytes of the frame, without the padding behind it
 * @param instanceId whose batch it is
 * @param number the batch's
 * @param rows how many
 * @param bodyCrc CRC32C of the sections
 */
record FrameHeader(long position, int length, long instanceId, long number, int rows, int bodyCrc) {

  static final int BYTES = 36;

  /** Longer ones are neither written nor believed. Batches are of about 1 MiB. */
  static final int MAX_LENGTH = 1 << 30;

  private static final int MARKER = 0xFE48_57FF;
  private static final int CRC_AT = 32;

  /** Where the next frame starts. */
  long end() {
    return padded(position + length);
  }

  static long padded(long length) {
    return (length + 7) & -8;
  }

  byte[] encode(long segmentNumber) {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putInt(MARKER);
    out.putInt(length);
    out.putLong(instanceId);
    out.putLong(number);
    out.putInt(rows);
    out.putInt(bodyCrc);
    out.putInt(crc(out, 0, segmentNumber, position));
    return out.array();
  }

  /**
   * Null when there is no header that was written for this place.
   *
   * @param in has {@value #BYTES} bytes from the index on
   */
  static @Nullable FrameHeader decode(ByteBuffer in, int index, long segmentNumber, long position) {
    if (in.getInt(index) != MARKER
        || in.getInt(index + CRC_AT) != crc(in, index, segmentNumber, position)) {
      return null;
    }
    int length = in.getInt(index + 4);
    if (length < BYTES || length > MAX_LENGTH) {
      return null;
    }
    return new FrameHeader(
        position,
        length,
        in.getLong(index + 8),
        in.getLong(index + 16),
        in.getInt(index + 24),
        in.getInt(index + 28));
  }

  /** Segment and place are counted in, so that a copy that came from elsewhere does not pass. */
  private static int crc(ByteBuffer bytes, int index, long segmentNumber, long position) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(segmentNumber).putLong(position).flip());
    crc.update(bytes.slice(index, CRC_AT));
    return (int) crc.getValue();
  }
}
