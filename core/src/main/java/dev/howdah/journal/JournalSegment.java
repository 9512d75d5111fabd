package dev.howdah.journal;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A file of the journal, to which batches are appended; {@link SegmentReader} gives them back.
 *
 * <p>A batch that was appended is found again after this process was killed, and, when it was
 * forced, after the machine lost power too, as far as the disk keeps what it promised. A batch that
 * was not forced may be lost by a loss of power, and so may any bytes of it: such a frame is
 * recognised, and costs no other. The CRCs protect from accidents, not from an attacker who can
 * write files.
 *
 * <p>The file {@code NNNNNNNN.journal} has the segment's number as its name and its full length
 * from the beginning, written as zeros: a full disk shows when the segment is made. All numbers are
 * big-endian. Version 1 is:
 *
 * <pre>{@code
 * header
 *   at  bytes  what
 *    0      8  FF FE 'H' 'O' 'W' 'D' 'A' 'H'
 *    8      2  version of the format, 1
 *   10      4  length of the header, H, a multiple of 8
 *   14      8  instance id
 *   22      8  number of the segment, from 1
 *   30      4  length of the text, T
 *   34      T  JSON in UTF-8: service, environment, release, host, pid, startedAt
 * 34+T         zeros
 *  H-4      4  CRC32C of all before it
 *
 * frame, at a multiple of 8, the first at H
 *   at  bytes  what
 *    0      4  marker FE 48 57 FF, which no text in UTF-8 contains
 *    4      4  length of the frame, L, without the zeros that pad it to a multiple of 8
 *    8      8  instance id
 *   16      8  number of the batch, higher than that of the frame before
 *   24      4  rows
 *   28      4  CRC32C of the sections, bytes 36 to L
 *   32      4  CRC32C of the segment's number (8 bytes), the frame's place in the file (8 bytes)
 *              and the bytes 0 to 32
 *   36         sections
 *
 * section, in the order of their kinds
 *   at  bytes  what
 *    0      4  kind
 *    4      4  length, S
 *    8      S  1 rows in COPY BINARY's format, without its header and trailer
 *              2 levels, a byte for each row: 0 TRACE to 5 FATAL
 *              3 call sites, JSON objects separated by commas
 *              4 stack traces, JSON objects separated by commas
 *              5 occurrences of errors in COPY BINARY's format, like the rows; where there are any
 *              6 groups of errors, JSON objects separated by commas; where there are any
 *              7 counts of occurrences, JSON objects separated by commas; where there are any
 * }</pre>
 *
 * <p>The two CRCs of a frame: that of the header tells early, and for little work, that a frame
 * starts here and how long it is; that of the sections tells whether all of it arrived. Since the
 * segment and the place are counted in, a block that a disk put into the wrong place, or an older
 * file that shows through, is never taken for a frame. A frame that was moved is therefore damage.
 *
 * <p>A later version keeps the header's first 14 bytes and its CRC where they are.
 *
 * <p>One thread appends; any thread may call the other methods.
 */
public final class JournalSegment implements Closeable {

  private static final String SUFFIX = ".journal";

  /** The JVM copies what is written into memory of its own, of this size at most. */
  private static final int SLICE = 64 * 1024;

  private final Path path;
  private final RandomAccessFile file;
  private final long capacity;
  private final JournalOwner owner;
  private final long number;
  private final CRC32C crc = new CRC32C();
  private long lastBatch;
  private boolean nameIsForced;
  private volatile boolean failed;
  private volatile long end;

  private JournalSegment(
      Path path, RandomAccessFile file, long capacity, JournalOwner owner, long number) {
    this.path = path;
    this.file = file;
    this.capacity = capacity;
    this.owner = owner;
    this.number = number;
  }

  /**
   * Makes a new, empty segment. On failure there is no file.
   *
   * @param folder where the file is made
   * @param capacity length of the file in bytes; at least {@link #capacityFor} for the first batch
   * @param owner whose events it will hold
   * @param number the segment's number, from 1, of which the file's name is made
   * @return a segment, which the caller closes
   * @throws IOException when there is such a file, the disk is full or the folder can't be written
   * @throws IllegalArgumentException when the owner's texts take more than 1 MiB, or not even they
   *     find room
   */
  public static JournalSegment create(Path folder, long capacity, JournalOwner owner, long number)
      throws IOException {
    Path path = folder.resolve(fileName(number));
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return create(path, new RandomAccessFile(path.toFile(), "rw"), capacity, owner, number);
  }

  static JournalSegment create(
      Path path, RandomAccessFile file, long capacity, JournalOwner owner, long number)
      throws IOException {
    JournalSegment segment = new JournalSegment(path, file, capacity, owner, number);
    try {
      segment.allocate();
      return segment;
    } catch (IOException | RuntimeException | Error e) {
      segment.discard(e);
      throw e;
    }
  }

  private void allocate() throws IOException {
    byte[] header = SegmentHeader.encode(owner, number);
    if (header.length > capacity) {
      throw new IllegalArgumentException("no room for the header: " + capacity + " bytes");
    }
    byte[] zeros = new byte[SLICE];
    for (long at = 0; at < capacity; at += SLICE) {
      file.write(zeros, 0, (int) Math.min(SLICE, capacity - at));
    }
    file.seek(0);
    file.write(header);
    end = header.length;
  }

  private void discard(Throwable reason) {
    try {
      try {
        file.close();
      } finally {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * Appends a batch. An interrupt of the thread does no harm and stays set.
   *
   * @param batch a batch that {@linkplain #fits fits}, with a higher number than the one before
   * @param force whether to wait until it is on the disk
   * @throws IOException when it could not be written, or one before it could not: this segment
   *     takes no more batches, those that it has can be read, and the next ones need a new segment
   * @throws IllegalArgumentException when the batch does not fit or its number is not higher
   */
  public void append(Batch batch, boolean force) throws IOException {
    if (failed) {
      throw new IOException("takes no more after an earlier failure: " + path);
    }
    long frameBytes = frameBytes(batch);
    long newEnd = end + frameBytes;
    if (newEnd > capacity) {
      throw new IllegalArgumentException("no room for " + frameBytes + " bytes in " + path);
    }
    if (batch.number() <= lastBatch) {
      throw new IllegalArgumentException(
          "batch " + batch.number() + " does not come after " + lastBatch);
    }
    failed = true; // Until it has gone well.
    try {
      write(batch);
      if (force) {
        force();
      }
    } catch (IOException | RuntimeException | Error e) {
      cutOff(e);
      throw e;
    }
    failed = false;
    lastBatch = batch.number();
    end = newEnd;
  }

  // A channel would be closed by an interrupt, in the middle of a frame, and the writer's thread is
  // interrupted when Howdah stops, just when it has batches to save. A RandomAccessFile is not.
  private void write(Batch batch) throws IOException {
    long start = end;
    file.seek(start + FrameHeader.BYTES);
    crc.reset();
    writeSection(FrameBody.ROWS, batch.rows().array(), batch.rows().length());
    writeSection(FrameBody.LEVELS, batch.levels(), batch.count());
    writeSection(FrameBody.SITES, batch.sites().array(), batch.sites().length());
    writeSection(FrameBody.STACKS, batch.stacks().array(), batch.stacks().length());
    writeUnlessEmpty(FrameBody.OCCURRENCES, batch.occurrences());
    writeUnlessEmpty(FrameBody.GROUPS, batch.groups());
    writeUnlessEmpty(FrameBody.COUNTS, batch.counts());
    int length = Math.toIntExact(frameLength(batch));
    int bodyCrc = (int) crc.getValue();
    file.seek(start);
    file.write(
        new FrameHeader(start, length, owner.instanceId(), batch.number(), batch.count(), bodyCrc)
            .encode(number));
  }

  private void writeUnlessEmpty(int kind, ByteBuilder section) throws IOException {
    if (section.length() > 0) {
      writeSection(kind, section.array(), section.length());
    }
  }

  private void writeSection(int kind, byte[] bytes, int length) throws IOException {
    byte[] header = new byte[FrameBody.SECTION_HEADER];
    ByteBuffer.wrap(header).putInt(kind).putInt(length);
    writePart(header, header.length);
    writePart(bytes, length);
  }

  private void writePart(byte[] bytes, int length) throws IOException {
    crc.update(bytes, 0, length);
    for (int at = 0; at < length; at += SLICE) {
      file.write(bytes, at, Math.min(SLICE, length - at));
    }
  }

  private void force() throws IOException {
    // Not FileChannel.force(false), for the same reason. It took as long on a file of full length.
    file.getFD().sync();
    if (!nameIsForced) {
      forceName(path.toAbsolutePath().getParent());
      nameIsForced = true;
    }
  }

  /** The file's name must outlive a loss of power too. */
  private static void forceName(Path folder) {
    boolean interrupted = Thread.interrupted();
    boolean again = true;
    while (again) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
        again = false;
      } catch (ClosedByInterruptException e) {
        interrupted |= Thread.interrupted();
      } catch (IOException e) {
        // Where folders can't be forced (Windows, some network file systems) nothing more can be
        // done; a disk that fails will show in the file.
        again = false;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves no half of a frame, and nothing of one that the caller will append elsewhere. */
  private void cutOff(Throwable reason) {
    try {
      file.setLength(end);
    } catch (IOException e) {
      // Then a reader will find it torn, or whole: a batch that is sent twice is written once.
      reason.addSuppressed(e);
    }
  }

  /**
   * Opens a reader, which sees each batch once {@link #append} is done.
   *
   * @param listener told of what can't be given back
   * @return a reader with a file of its own, which the caller closes
   * @throws IOException when the file can't be read
   */
  public SegmentReader reader(DamageListener listener) throws IOException {
    return SegmentReader.open(new RandomAccessFile(path.toFile(), "r"), path, this::end, listener);
  }

  /**
   * Tells whether there is room for a batch.
   *
   * @param batch a batch
   * @return false also after a failure
   */
  public boolean fits(Batch batch) {
    return !failed && frameBytes(batch) <= capacity - end;
  }

  /**
   * Gives the room that a batch takes in a segment.
   *
   * @param batch a batch
   * @return bytes
   * @throws IllegalArgumentException when it is more than 1 GiB
   */
  public static long frameBytes(Batch batch) {
    long length = frameLength(batch);
    if (length > FrameHeader.MAX_LENGTH) {
      throw new IllegalArgumentException("a batch of more than 1 GiB: " + length + " bytes");
    }
    return FrameHeader.padded(length);
  }

  private static long frameLength(Batch batch) {
    return FrameHeader.BYTES
        + 4L * FrameBody.SECTION_HEADER
        + batch.rows().length()
        + batch.count()
        + batch.sites().length()
        + batch.stacks().length()
        + sectionLength(batch.occurrences())
        + sectionLength(batch.groups())
        + sectionLength(batch.counts());
  }

  private static long sectionLength(ByteBuilder section) {
    return section.length() == 0 ? 0 : FrameBody.SECTION_HEADER + section.length();
  }

  /**
   * Gives the least capacity of a segment that holds this batch and no other.
   *
   * @param owner whose it is
   * @param batch a batch
   * @return bytes
   * @throws IllegalArgumentException when the batch is of more than 1 GiB
   */
  public static long capacityFor(JournalOwner owner, Batch batch) {
    return SegmentHeader.encode(owner, 1).length + frameBytes(batch);
  }

  /**
   * Gives the segments of a folder, the oldest first.
   *
   * @param folder a folder
   * @return its files with the name of a segment
   * @throws IOException when the folder can't be read
   */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> number(file).isPresent())
          .sorted(Comparator.comparingLong(file -> number(file).orElseThrow()))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  static String fileName(long number) {
    return String.format(Locale.ROOT, "%08d%s", number, SUFFIX);
  }

  /** The number in a segment's name; empty when it is the name of something else. */
  static OptionalLong number(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.matches("[0-9]{8,18}\\.journal")
        ? OptionalLong.of(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())))
        : OptionalLong.empty();
  }

  /** {@return the file} */
  public Path path() {
    return path;
  }

  /** {@return the segment's number} */
  public long number() {
    return number;
  }

  /** {@return length of the file in bytes} */
  public long capacity() {
    return capacity;
  }

  /** {@return where the last batch ends, in bytes from the start of the file} */
  public long end() {
    return end;
  }

  /** Ends appending; the file stays. Readers go on. */
  @Override
  public void close() throws IOException {
    failed = true;
    file.close();
  }
}
