package dev.howdah.journal;

import dev.howdah.batch.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the batches of a segment, in the order in which they were appended. The format is
 * drawn in {@link JournalSegment}.
 *
 * <p>Every frame whose bytes are as they were written, and where they were written, is given back;
 * nothing else ever is. No content of a file leads to an exception, only trouble with reading it.
 * What lies between whole frames is told to a {@link DamageListener}.
 *
 * <table>
 *   <caption>What is found where a frame should start</caption>
 *   <tr><th>found</th><th>taken for</th></tr>
 *   <tr><td>zeros to the end</td><td>the end</td></tr>
 *   <tr><td>a header that fits, and a body that does not</td><td>damage of the header's length</td></tr>
 *   <tr><td>no header that fits</td><td>damage up to the next one that does</td></tr>
 *   <tr><td>no header that fits, to the end</td><td>a torn tail: damage from the first byte that is
 *       not zero to the last</td></tr>
 * </table>
 *
 * <p>The work is linear in the length of the file whatever is in it: a header has a CRC of its own,
 * and once it fits, its length is believed and its bytes are looked at once. So a file full of
 * markers costs 48 bytes of CRC for each. Memory: 64 KiB and the batch, which never takes up more
 * than the file has.
 *
 * <p>When the segment's own header is damaged, its number is that of the file's name, and the
 * instance that of the first frame found.
 *
 * <p>Not thread-safe; another thread may append to the segment meanwhile. An interrupt does no harm
 * (see {@link JournalSegment#append}).
 */
public final class SegmentReader implements Closeable {

  private final Path path;
  private final FileWindow window;
  private final FrameBody body;
  private final LongSupplier limit;
  private final DamageListener listener;
  private final @Nullable JournalOwner owner;
  private final long segmentNumber;
  private final int version;
  private long instanceId;
  private boolean instanceIsKnown;
  private boolean hasLaterVersion;
  private long position;

  private SegmentReader(
      Path path,
      RandomAccessFile file,
      @Nullable SegmentHeader header,
      LongSupplier limit,
      DamageListener listener) {
    this.path = path;
    this.window = new FileWindow(file);
    this.body = new FrameBody(window);
    this.limit = limit;
    this.listener = listener;
    if (header == null) {
      owner = null;
      version = SegmentHeader.VERSION;
      segmentNumber = JournalSegment.number(path).orElse(0);
    } else {
      owner = header.owner();
      version = header.version();
      segmentNumber = header.segmentNumber();
      instanceId = header.instanceId();
      instanceIsKnown = true;
      position = header.length();
    }
  }

  /**
   * Opens a segment to which nobody appends.
   *
   * @param file a file with any content
   * @param listener told of what can't be given back
   * @return a reader, which the caller closes
   * @throws IOException when the file can't be read
   */
  public static SegmentReader open(Path file, DamageListener listener) throws IOException {
    return open(new RandomAccessFile(file.toFile(), "r"), file, null, listener);
  }

  /** Reads up to where the supplier says that the last appended frame ends; null: to the end. */
  static SegmentReader open(
      RandomAccessFile file, Path path, @Nullable LongSupplier limit, DamageListener listener)
      throws IOException {
    try {
      long length = file.length();
      SegmentHeader header = SegmentHeader.read(file);
      return new SegmentReader(path, file, header, limit == null ? () -> length : limit, listener);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /**
   * Reads the next batch.
   *
   * @param into is emptied, then filled
   * @return false at the end; while another thread appends, there may be more later
   * @throws IOException when the file can't be read; the same call may be tried again
   */
  public boolean next(Batch into) throws IOException {
    window.limit(limit.getAsLong());
    if (version != SegmentHeader.VERSION) {
      refuse();
    }
    for (FrameHeader frame = find(); frame != null; frame = find()) {
      FrameBody.Outcome outcome = body.read(frame, into);
      tellDamage(position, frame.position());
      position = Math.min(window.limit(), frame.end());
      switch (outcome) {
        case WHOLE -> {
          return true;
        }
        case DAMAGED -> tellDamage(frame.position(), position);
        case OF_LATER_VERSION ->
            tellLaterVersion(frame.position(), position, "a frame with a section of unknown kind");
      }
    }
    into.clear();
    tellTail();
    position = Math.max(position, window.limit());
    return false;
  }

  private void refuse() {
    if (position < window.limit()) {
      long end = window.limit();
      position = end;
      tellLaterVersion(
          0, end, "version " + version + " of the format, not " + SegmentHeader.VERSION);
    }
  }

  /** The next header that fits, from the present position on. */
  private @Nullable FrameHeader find() throws IOException {
    for (long at = position; window.limit() - at >= FrameHeader.BYTES; at += 8) {
      window.available(at, FrameHeader.BYTES);
      FrameHeader frame = FrameHeader.decode(window.buffer(), window.index(at), segmentNumber, at);
      if (frame != null && isOurs(frame)) {
        return frame;
      }
    }
    return null;
  }

  private boolean isOurs(FrameHeader frame) {
    if (!instanceIsKnown) {
      instanceId = frame.instanceId();
      instanceIsKnown = true;
    }
    return frame.instanceId() == instanceId;
  }

  private void tellTail() throws IOException {
    long first = -1;
    long last = -1;
    for (long at = position; at < window.limit(); ) {
      int count = window.available(at, 1);
      for (int i = window.index(at); count > 0; i++, at++, count--) {
        if (window.buffer().get(i) != 0) {
          first = first < 0 ? at : first;
          last = at;
        }
      }
    }
    if (first >= 0) {
      tellDamage(first, last + 1);
    }
  }

  private void tellDamage(long from, long to) {
    if (to > from) {
      listener.damaged(this, from, to - from);
    }
  }

  private void tellLaterVersion(long from, long to, String why) {
    hasLaterVersion = true;
    listener.ofLaterVersion(this, from, to - from, why);
  }

  /** {@return the file} */
  public Path path() {
    return path;
  }

  /** {@return whose events these are, or null when the segment's header does not tell} */
  public @Nullable JournalOwner owner() {
    return owner;
  }

  /**
   * {@return whose batches these are; where the segment's header is damaged, 0 until the first
   * frame was found}
   */
  public long instanceId() {
    return instanceId;
  }

  /** {@return the segment's number, or 0 when neither header nor file name tell it} */
  public long segmentNumber() {
    return segmentNumber;
  }

  /** {@return whether something of a later version was found: then the file must be kept} */
  public boolean hasLaterVersion() {
    return hasLaterVersion;
  }

  /** {@return where the next frame is looked for, in bytes from the start of the file} */
  public long position() {
    return position;
  }

  /**
   * Goes on reading elsewhere.
   *
   * @param newPosition what {@link #position()} gave, of this reader or another on the same file
   * @throws IllegalArgumentException when it is negative
   */
  public void position(long newPosition) {
    if (newPosition < 0) {
      throw new IllegalArgumentException("a position is not negative: " + newPosition);
    }
    position = FrameHeader.padded(newPosition);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
