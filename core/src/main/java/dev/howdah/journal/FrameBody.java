package dev.howdah.journal;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import dev.howdah.event.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a frame's sections back into a batch. Lengths are checked against the room that the frame
 * has, before anything is kept. Not thread-safe.
 */
final class FrameBody {

  static final int ROWS = 1;
  static final int LEVELS = 2;
  static final int SITES = 3;
  static final int STACKS = 4;
  static final int OCCURRENCES = 5;
  static final int GROUPS = 6;
  static final int COUNTS = 7;
  static final int SECTION_HEADER = 8;

  /** What a frame turned out to be. */
  enum Outcome {
    WHOLE,
    DAMAGED,
    /** Whole, with a section that only a later version knows. */
    OF_LATER_VERSION
  }

  private static final Level[] LEVEL = Level.values();

  private final FileWindow window;
  private final CRC32C crc = new CRC32C();
  private final ByteBuilder levels = new ByteBuilder(1024);

  FrameBody(FileWindow window) {
    this.window = window;
  }

  /** Fills the batch; only of a whole frame is it of use. */
  Outcome read(FrameHeader frame, Batch into) throws IOException {
    into.clear();
    levels.truncate(0);
    crc.reset();
    long end = frame.position() + frame.length();
    if (end > window.limit()) {
      return Outcome.DAMAGED;
    }
    boolean isKnown = true;
    int lastId = 0;
    for (long at = frame.position() + FrameHeader.BYTES; at < end; ) {
      if (end - at < SECTION_HEADER) {
        return Outcome.DAMAGED;
      }
      window.available(at, SECTION_HEADER);
      int id = window.buffer().getInt(window.index(at));
      int length = window.buffer().getInt(window.index(at) + 4);
      at = take(at, SECTION_HEADER, null);
      if (id <= lastId || length < 0 || length > end - at) {
        return Outcome.DAMAGED;
      }
      lastId = id;
      ByteBuilder section = section(id, into);
      isKnown &= section != null;
      at = take(at, length, section);
    }
    if ((int) crc.getValue() != frame.bodyCrc()) {
      return Outcome.DAMAGED;
    }
    if (!isKnown) {
      return Outcome.OF_LATER_VERSION;
    }
    into.number(frame.number());
    return addRows(frame.rows(), into) && addOccurrences(into) ? Outcome.WHOLE : Outcome.DAMAGED;
  }

  private @Nullable ByteBuilder section(int id, Batch into) {
    return switch (id) {
      case ROWS -> into.rows();
      case LEVELS -> levels;
      case SITES -> into.sites();
      case STACKS -> into.stacks();
      case OCCURRENCES -> into.occurrences();
      case GROUPS -> into.groups();
      case COUNTS -> into.counts();
      default -> null;
    };
  }

  /** Counts bytes into the CRC and appends them. Returns where they end. */
  private long take(long from, int count, @Nullable ByteBuilder to) throws IOException {
    long end = from + count;
    for (long at = from; at < end; ) {
      int some = (int) Math.min(end - at, window.available(at, 1));
      byte[] bytes = window.array();
      crc.update(bytes, window.index(at), some);
      if (to != null) {
        to.putBytes(bytes, window.index(at), some);
      }
      at += some;
    }
    return end;
  }

  /** Finds where each row starts. False when the rows don't end where the section does. */
  private boolean addRows(int rows, Batch into) {
    int length = into.rows().length();
    if (levels.length() != rows) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(into.rows().array(), 0, length);
    for (int row = 0; row < rows; row++) {
      int start = in.position();
      int level = levels.array()[row];
      if (!skipRow(in) || level < 0 || level >= LEVEL.length) {
        return false;
      }
      into.rowAdded(start, LEVEL[level]);
    }
    return !in.hasRemaining();
  }

  private static boolean addOccurrences(Batch into) {
    ByteBuffer in = ByteBuffer.wrap(into.occurrences().array(), 0, into.occurrences().length());
    while (in.hasRemaining()) {
      int start = in.position();
      if (!skipRow(in)) {
        return false;
      }
      into.occurrenceAdded(start);
    }
    return true;
  }

  private static boolean skipRow(ByteBuffer in) {
    if (in.remaining() < 2) {
      return false;
    }
    int fields = in.getShort();
    for (int i = 0; i < fields; i++) {
      if (in.remaining() < 4) {
        return false;
      }
      int length = in.getInt();
      if (length < -1 || length > in.remaining()) {
        return false;
      }
      in.position(in.position() + Math.max(0, length));
    }
    return fields >= 0;
  }
}
