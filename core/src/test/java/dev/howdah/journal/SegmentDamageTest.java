package dev.howdah.journal;

import static dev.howdah.journal.TestBatches.batch;
import static dev.howdah.journal.TestBatches.isSame;
import static dev.howdah.journal.TestBatches.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.howdah.batch.Batch;
import dev.howdah.testkit.OneJdk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to a segment's bytes: no exception, every frame that is as it was and where it
 * was comes back in order, nothing else does, and every other byte is told of.
 */
@OneJdk
class SegmentDamageTest {

  private record Frame(int start, int length, Batch batch) {
    int end() {
      return start + length;
    }

    boolean isIn(byte[] file, byte[] original, int count) {
      return start + count <= file.length
          && Arrays.equals(file, start, start + count, original, start, start + count);
    }
  }

  /** A segment as it was written. */
  private static final class Original {
    final byte[] bytes;
    final int headerLength;
    final List<Frame> frames;

    Original(byte[] bytes, int headerLength, List<Frame> frames) {
      this.bytes = bytes;
      this.headerLength = headerLength;
      this.frames = frames;
    }

    boolean hasHeaderIn(byte[] file) {
      return file.length >= headerLength
          && Arrays.equals(file, 0, headerLength, bytes, 0, headerLength);
    }

    /** Where the first header of a frame is still in place. */
    int firstFound(byte[] file) {
      for (Frame frame : frames) {
        if (frame.isIn(file, bytes, FrameHeader.BYTES)) {
          return frame.start();
        }
      }
      return Integer.MAX_VALUE;
    }

    List<Frame> wholeIn(byte[] file) {
      return frames.stream().filter(frame -> frame.isIn(file, bytes, frame.length())).toList();
    }
  }

  private final Batch into = new Batch();
  private final byte[] zeros = new byte[64 * 1024];

  @TempDir Path folder;
  private Path damagedFile;
  private RandomAccessFile damaged;

  @BeforeEach
  void open() throws IOException {
    damagedFile = Files.createDirectory(folder.resolve("damaged")).resolve("00000001.journal");
    damaged = new RandomAccessFile(damagedFile.toFile(), "rw");
  }

  @AfterEach
  void close() throws IOException {
    damaged.close();
  }

  /** The same sizes whatever the instance: frames of one stand where those of the other do. */
  private Original original(long instance, long number, int batches, int rows, int capacity)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve("instance" + instance));
    Random sizes = new Random(1);
    Random bytes = new Random(100 * instance + number);
    List<Frame> frames = new ArrayList<>();
    try (JournalSegment segment = JournalSegment.create(own, capacity, owner(instance), number)) {
      int headerLength = (int) segment.end();
      for (int i = 1; i <= batches; i++) {
        Batch batch = batch(i, 1 + sizes.nextInt(rows), 60, sizes, bytes);
        int start = (int) segment.end();
        segment.append(batch, false);
        int length =
            FrameHeader.BYTES + 4 * FrameBody.SECTION_HEADER + batch.count() + batch.bytes();
        frames.add(new Frame(start, length, batch));
      }
      return new Original(Files.readAllBytes(segment.path()), headerLength, frames);
    }
  }

  /** Reads a file and compares with what must come of it; the first original is the file's own. */
  private int check(byte[] file, Original... originals) throws IOException {
    damaged.seek(0);
    damaged.write(file);
    if (damaged.length() != file.length) { // A truncation costs more than all the rest.
      damaged.setLength(file.length);
    }
    Original truth = identity(file, originals);
    List<Frame> expected = truth.wholeIn(file);
    int from = truth.hasHeaderIn(file) ? truth.headerLength : 0;
    // What was told or given back so far ends here, and between two there may only be zeros.
    int[] told = {from};
    DamageListener listener =
        new DamageListener() {
          @Override
          public void damaged(SegmentReader reader, long offset, long length) {
            told[0] = told(file, told[0], (int) offset, (int) length);
          }

          @Override
          public void ofLaterVersion(SegmentReader reader, long offset, long length, String why) {
            fail("not of a later version: %s", why);
          }
        };
    int given = 0;
    try (SegmentReader reader = SegmentReader.open(damagedFile, listener)) {
      while (reader.next(into)) {
        if (given == expected.size() || !isSame(into, expected.get(given).batch())) {
          fail("batch %d was not appended, or comes out of order", into.number());
        }
        Frame frame = expected.get(given++);
        int padding = (int) (FrameHeader.padded(frame.end()) - frame.end());
        told(file, told[0], frame.start(), frame.length());
        told[0] = Math.min(file.length, frame.end() + padding);
      }
    }
    if (given < expected.size()) {
      fail("batch %d is whole and did not come", expected.get(given).batch().number());
    }
    told(file, told[0], file.length, 0);
    return given;
  }

  private int told(byte[] file, int before, int offset, int length) {
    if (offset < before || length < 0 || offset + length > file.length) {
      fail("told twice, or what is not there: %d bytes at %d", length, offset);
    }
    int gap = offset - before;
    if (!Arrays.equals(file, before, offset, zeros, 0, gap)) {
      fail("not told of the bytes from %d to %d", before, offset);
    }
    return offset + length;
  }

  /** Whose file it is: its header says so, else its name and the first frame that is found. */
  private static Original identity(byte[] file, Original... originals) {
    for (Original original : originals) {
      if (original.hasHeaderIn(file)) {
        return original;
      }
    }
    Original best = originals[0];
    for (Original original : originals) {
      boolean isOfThisNumber = ByteBuffer.wrap(original.bytes).getLong(22) == 1;
      if (isOfThisNumber && original.firstFound(file) < best.firstFound(file)) {
        best = original;
      }
    }
    return best;
  }

  @Test
  void truncatedAtEveryByte() throws IOException {
    Original original = original(1, 1, 8, 3, 2048);
    for (int length = 0; length <= original.bytes.length; length++) {
      int cut = length;
      int whole = check(Arrays.copyOf(original.bytes, cut), original);
      assertThat(whole)
          .isEqualTo((int) original.frames.stream().filter(f -> f.end() <= cut).count());
    }
  }

  @Test
  void everyBitFlipped() throws IOException {
    Original original = original(1, 1, 8, 3, 2048);
    for (int bit = 0; bit < 8 * original.bytes.length; bit++) {
      byte[] file = original.bytes.clone();
      file[bit / 8] ^= (byte) (1 << bit % 8);
      int at = bit / 8;
      boolean isInFrame = original.frames.stream().anyMatch(f -> f.start() <= at && at < f.end());
      assertThat(check(file, original)).as("bit %d", bit).isEqualTo(isInFrame ? 7 : 8);
    }
  }

  @Test
  void oneHundredThousandMutations() throws IOException {
    Original own = original(1, 1, 24, 5, 10_000);
    Original sibling = original(1, 2, 24, 5, 10_000);
    Original stranger = original(2, 1, 24, 5, 10_000);
    Random random = new Random(20261124);
    int[] byCount = new int[25];
    for (int i = 0; i < 100_000; i++) {
      byte[] file = own.bytes.clone();
      int mutations = random.nextInt(4) == 0 ? 3 : 1;
      for (int m = 0; m < mutations; m++) {
        file = mutate(file, own, random.nextBoolean() ? sibling : stranger, random);
      }
      try {
        byCount[check(file, own, sibling, stranger)]++;
      } catch (Throwable e) {
        throw new AssertionError("mutation " + i, e);
      }
    }
    // The mutations have to be of all sizes, or nothing was tested.
    for (int count = 0; count <= 24; count++) {
      assertThat(byCount[count]).as("files with %d whole frames", count).isGreaterThan(100);
    }
  }

  private static byte[] mutate(byte[] file, Original own, Original other, Random random) {
    if (file.length == 0) {
      return file;
    }
    int at = place(file.length, own, random);
    int length = Math.min(file.length - at, size(own, random));
    byte[] result = file.clone();
    switch (random.nextInt(8)) {
      case 0 -> System.arraycopy(randomBytes(length, random), 0, result, at, length);
      case 1 -> result = join(Arrays.copyOf(file, at), randomBytes(length, random), file, at);
      case 2 -> result = join(Arrays.copyOf(file, at), new byte[0], file, at + length);
      case 3 -> {
        int second = Math.min(place(file.length, own, random), file.length - length);
        System.arraycopy(file, second, result, at, length);
        System.arraycopy(file, at, result, second, length);
      }
      case 4 -> Arrays.fill(result, at, at + length, (byte) 0);
      case 5 -> { // From the same place of the other segment, or from anywhere in it.
        int from = random.nextBoolean() ? at : place(other.bytes.length, own, random);
        from = Math.max(0, Math.min(from, other.bytes.length - length));
        System.arraycopy(other.bytes, from, result, at, length);
      }
      case 6 -> {
        int end = Math.min(at, other.bytes.length);
        result =
            random.nextBoolean()
                ? join(Arrays.copyOf(other.bytes, end), new byte[0], file, end)
                : join(Arrays.copyOf(file, end), new byte[0], other.bytes, end);
      }
      default -> result = Arrays.copyOf(file, at);
    }
    return result;
  }

  /** Anywhere, or just where a frame starts. */
  private static int place(int length, Original own, Random random) {
    if (random.nextBoolean()) {
      return random.nextInt(length);
    }
    int start = own.frames.get(random.nextInt(own.frames.size())).start();
    return Math.min(start, length - 1);
  }

  /** From one byte to thousands, or the size of a frame. */
  private static int size(Original own, Random random) {
    if (random.nextInt(3) == 0) {
      Frame frame = own.frames.get(random.nextInt(own.frames.size()));
      return (int) FrameHeader.padded(frame.length());
    }
    return 1 + random.nextInt(1 << random.nextInt(14));
  }

  private static byte[] randomBytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[] head, byte[] middle, byte[] tail, int from) {
    int tailFrom = Math.min(from, tail.length);
    byte[] all = Arrays.copyOf(head, head.length + middle.length + tail.length - tailFrom);
    System.arraycopy(middle, 0, all, head.length, middle.length);
    int at = head.length + middle.length;
    System.arraycopy(tail, tailFrom, all, at, tail.length - tailFrom);
    return all;
  }

  @Test
  void aFileFullOfForgedHeadersIsLookedAtOnce() throws IOException {
    int size = 4 << 20;
    ByteBuffer forged = ByteBuffer.allocate(size);
    for (int at = 0; at + 40 <= size; at += 40) {
      forged.put(at, new FrameHeader(at, size - at, 1, 1, 1, 0).encode(1));
    }
    Files.write(damagedFile, forged.array());
    RecordedDamage damage = new RecordedDamage();

    try (SegmentReader reader = SegmentReader.open(damagedFile, damage)) {
      assertThat(reader.next(into)).isFalse();
    }
    assertThat(damage.damaged).containsExactly(new RecordedDamage.Stretch(0, size));
  }

  @Test
  void nonsenseOfAnyKindIsNoSegment() throws IOException {
    Random random = new Random(3);
    for (int length : new int[] {1, 7, 33, 34, 35, 100, 70_000, 200_000}) {
      byte[] nonsense = randomBytes(length, random);
      nonsense[0] = 1;
      nonsense[length - 1] = 1;
      RecordedDamage damage = new RecordedDamage();
      Path file = Files.write(folder.resolve("nonsense"), nonsense);
      try (SegmentReader reader = SegmentReader.open(file, damage)) {
        assertThat(reader.next(into)).isFalse();
        assertThat(reader.next(into)).isFalse();
        assertThat(reader.owner()).isNull();
        assertThat(reader.segmentNumber()).isZero();
      }
      assertThat(damage.damaged).containsExactly(new RecordedDamage.Stretch(0, length));
    }
  }
}
