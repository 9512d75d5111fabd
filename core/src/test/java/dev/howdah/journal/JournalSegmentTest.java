package dev.howdah.journal;

import static dev.howdah.journal.TestBatches.batch;
import static dev.howdah.journal.TestBatches.content;
import static dev.howdah.journal.TestBatches.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.batch.Batch;
import dev.howdah.event.Level;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended comes back, and what can't be appended is refused. */
class JournalSegmentTest {

  private static final long CAPACITY = 256 * 1024;

  private final Random random = new Random(5);
  private final RecordedDamage damage = new RecordedDamage();

  @TempDir Path folder;

  private JournalSegment segment() throws IOException {
    return JournalSegment.create(folder, CAPACITY, owner(7), 1);
  }

  private List<List<Object>> read(SegmentReader reader) throws IOException {
    List<List<Object>> contents = new ArrayList<>();
    Batch batch = new Batch();
    while (reader.next(batch)) {
      contents.add(content(batch));
    }
    assertThat(batch.bytes()).isZero();
    return contents;
  }

  private List<List<Object>> read(Path file) throws IOException {
    try (SegmentReader reader = SegmentReader.open(file, damage)) {
      return read(reader);
    }
  }

  @Test
  void batchesComeBackAsTheyWere() throws IOException {
    List<List<Object>> appended = new ArrayList<>();
    try (JournalSegment segment = segment()) {
      int[] rows = {1, 3, 1000, 0, 40};
      for (int i = 0; i < rows.length; i++) {
        Batch batch = batch(10 + i, rows[i], 100, random);
        segment.append(batch, i == 3);
        appended.add(content(batch));
      }
    }
    assertThat(read(folder.resolve("00000001.journal"))).isEqualTo(appended);
    assertThat(damage.damaged).isEmpty();
  }

  @Test
  void theHeaderTellsWhoseBatchesTheyAre() throws IOException {
    JournalOwner owner =
        new JournalOwner(
            -3, "käse \"x\"", null, "1.2", null, 99, Instant.parse("2026-01-02T03:04:05.678Z"));
    JournalSegment.create(folder, CAPACITY, owner, 123).close();

    try (SegmentReader reader = SegmentReader.open(folder.resolve("00000123.journal"), damage)) {
      assertThat(reader.owner()).isEqualTo(owner);
      assertThat(reader.instanceId()).isEqualTo(-3);
      assertThat(reader.segmentNumber()).isEqualTo(123);
    }
  }

  @Test
  void theHeaderTellsInAFileOfAnotherNameToo() throws IOException {
    try (JournalSegment segment = segment()) {
      segment.append(batch(1, 3, 100, random), false);
    }
    Path copy = Files.copy(folder.resolve("00000001.journal"), folder.resolve("from a user"));
    assertThat(read(copy)).hasSize(1);
  }

  @Test
  void theFileHasItsFullLengthFromTheBeginning() throws IOException {
    try (JournalSegment segment = segment()) {
      assertThat(segment.path()).hasSize(CAPACITY);
      segment.append(batch(1, 100, 100, random), false);
      assertThat(segment.path()).hasSize(CAPACITY);
    }
  }

  @Test
  void aBatchLargerThanASegmentGetsOneOfItsOwnSize() throws IOException {
    Batch large = batch(1, 1, 100, random);
    int start = large.rows().length();
    large.rows().putShort(1);
    large.rows().putInt(3_000_000);
    large.rows().putBytes(new byte[3_000_000]);
    large.rowAdded(start, Level.ERROR);
    try (JournalSegment usual = segment()) {
      assertThat(usual.fits(large)).isFalse();
      assertThatThrownBy(() -> usual.append(large, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("no room");
    }

    long capacity = JournalSegment.capacityFor(owner(7), large);
    try (JournalSegment own = JournalSegment.create(folder, capacity, owner(7), 2)) {
      assertThat(own.fits(large)).isTrue();
      own.append(large, false);
      assertThat(own.end()).isEqualTo(own.capacity()).isEqualTo(Files.size(own.path()));
      assertThat(read(own.path())).containsExactly(content(large));
    }
  }

  @Test
  void aSegmentTakesBatchesUntilTheyFitNoMore() throws IOException {
    try (JournalSegment segment = segment()) {
      Batch batch = batch(1, 20, 100, random);
      long expected = (segment.capacity() - segment.end()) / JournalSegment.frameBytes(batch);
      long appended = 0;
      while (segment.fits(batch)) {
        segment.append(batch, false);
        batch.number(++appended + 1);
      }
      assertThat(appended).isEqualTo(expected);
      assertThat(read(segment.path())).hasSize((int) expected);
    }
  }

  @Test
  void numbersMustRise() throws IOException {
    try (JournalSegment segment = segment()) {
      segment.append(batch(5, 1, 100, random), false);
      assertThatThrownBy(() -> segment.append(batch(5, 1, 100, random), false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("batch 5 does not come after 5");
      segment.append(batch(9, 1, 100, random), false);
      assertThat(read(segment.path())).hasSize(2);
    }
  }

  @Test
  void aSegmentIsNeverOverwritten() throws IOException {
    segment().close();
    assertThatThrownBy(this::segment).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("00000001.journal")).hasSize(CAPACITY);
  }

  @Test
  void aFolderListsItsSegmentsByNumber() throws IOException {
    for (long number : new long[] {100_000_000, 2, 10}) {
      JournalSegment.create(folder, 1024, owner(7), number).close();
    }
    for (String other : List.of("lock", "1.journal", "00000003.journal.bak")) {
      Files.createFile(folder.resolve(other));
    }
    assertThat(JournalSegment.files(folder))
        .containsExactly(
            folder.resolve("00000002.journal"),
            folder.resolve("00000010.journal"),
            folder.resolve("100000000.journal"));
  }

  @Test
  void anInterruptDoesNoHarmAndStaysSet() throws IOException {
    List<List<Object>> appended = new ArrayList<>();
    try (JournalSegment segment = segment();
        SegmentReader reader = segment.reader(damage)) {
      Thread.currentThread().interrupt();
      for (int number = 1; number <= 3; number++) {
        Batch batch = batch(number, 500, 100, random);
        segment.append(batch, true);
        appended.add(content(batch));
      }
      assertThat(read(reader)).isEqualTo(appended);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aReaderSeesEachBatchOnceItIsAppended() throws Exception {
    int batches = 500;
    List<List<Object>> appended = new ArrayList<>();
    List<List<Object>> seen = new ArrayList<>();
    try (JournalSegment segment = JournalSegment.create(folder, 8 << 20, owner(7), 1);
        SegmentReader reader = segment.reader(damage)) {
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> {
                Batch batch = new Batch();
                while (seen.size() < batches) {
                  if (next(reader, batch)) {
                    seen.add(content(batch));
                  } else {
                    Thread.onSpinWait();
                  }
                }
              });
      for (int number = 1; number <= batches; number++) {
        Batch batch = batch(number, 1 + random.nextInt(100), 200, random);
        appended.add(content(batch));
        segment.append(batch, false);
      }
      reading.join();
    }
    assertThat(seen).isEqualTo(appended);
    assertThat(damage.damaged).isEmpty();
  }

  private static boolean next(SegmentReader reader, Batch batch) {
    try {
      return reader.next(batch);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void readingGoesOnWhereAnotherReaderWas() throws IOException {
    try (JournalSegment segment = segment()) {
      for (int number = 1; number <= 4; number++) {
        segment.append(batch(number, 5, 100, random), false);
      }
      Batch batch = new Batch();
      try (SegmentReader first = segment.reader(damage);
          SegmentReader second = SegmentReader.open(segment.path(), damage)) {
        first.next(batch);
        first.next(batch);
        second.position(first.position());
        second.next(batch);
        assertThat(batch.number()).isEqualTo(3);
        second.position(0);
        second.next(batch);
        assertThat(batch.number()).isEqualTo(1);
      }
    }
  }

  @Test
  void aFrameOfALaterVersionIsToldAndTheOthersComeBack() throws IOException {
    try (JournalSegment segment = segment()) {
      long start = segment.end();
      segment.append(batch(1, 5, 100, random), false);
      segment.append(batch(2, 5, 100, random), false);
      segment.append(batch(3, 5, 100, random), false);
      long second = start + JournalSegment.frameBytes(batch(1, 5, 100, new Random(5)));
      FrameHeader header =
          rewritten(segment.path(), second, body -> body.putInt(stacksAt(body), 9));

      try (SegmentReader reader = SegmentReader.open(segment.path(), damage)) {
        assertThat(read(reader)).hasSize(2);
        assertThat(reader.hasLaterVersion()).isTrue();
      }
      assertThat(damage.ofLaterVersion)
          .containsExactly(new RecordedDamage.Stretch(second, header.end() - second));
      assertThat(damage.reasons).containsExactly("a frame with a section of unknown kind");
      assertThat(damage.damaged).isEmpty();
    }
  }

  @Test
  void rowsThatDoNotWalkOutAreDamageThoughTheCrcFits() throws IOException {
    List<Consumer<ByteBuffer>> wrongs =
        List.of(
            body -> body.putShort(8, (short) 3), // fields of the first row
            body -> body.putShort(8, (short) -1),
            body -> body.putInt(10, 1 << 30), // length of its first field
            body -> body.putInt(10, -2),
            body -> body.put(levelsAt(body) + 8, (byte) 6), // level of the first row
            body -> body.putInt(levelsAt(body) + 4, -1), // length of the levels
            body -> body.putInt(levelsAt(body), 1)); // rows once more
    for (int i = 0; i < wrongs.size(); i++) {
      try (JournalSegment segment = JournalSegment.create(folder, CAPACITY, owner(7), i + 1)) {
        long start = segment.end();
        segment.append(batch(2, 5, 100, random), false);
        segment.append(batch(3, 5, 100, random), false);
        FrameHeader header = rewritten(segment.path(), start, wrongs.get(i));

        RecordedDamage told = new RecordedDamage();
        try (SegmentReader reader = SegmentReader.open(segment.path(), told)) {
          assertThat(read(reader)).as("wrong %d", i).hasSize(1);
        }
        assertThat(told.damaged)
            .containsExactly(new RecordedDamage.Stretch(start, header.end() - start));
      }
    }
  }

  private static int levelsAt(ByteBuffer body) {
    return 8 + body.getInt(4);
  }

  private static int stacksAt(ByteBuffer body) {
    int sites = levelsAt(body) + 8 + body.getInt(levelsAt(body) + 4);
    return sites + 8 + body.getInt(sites + 4);
  }

  /** Changes the sections of a frame of segment 1 and up, and mends its CRCs. */
  private static FrameHeader rewritten(Path file, long position, Consumer<ByteBuffer> change)
      throws IOException {
    long number = JournalSegment.number(file).orElseThrow();
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] bytes = new byte[FrameHeader.BYTES];
      out.seek(position);
      out.readFully(bytes);
      FrameHeader header = FrameHeader.decode(ByteBuffer.wrap(bytes), 0, number, position);
      assertThat(header).isNotNull();
      byte[] body = new byte[header.length() - FrameHeader.BYTES];
      out.readFully(body);
      change.accept(ByteBuffer.wrap(body));
      CRC32C crc = new CRC32C();
      crc.update(body, 0, body.length);
      FrameHeader mended =
          new FrameHeader(
              position,
              header.length(),
              header.instanceId(),
              header.number(),
              header.rows(),
              (int) crc.getValue());
      out.seek(position);
      out.write(mended.encode(number));
      out.write(body);
      return mended;
    }
  }

  @Test
  void aSegmentOfALaterVersionIsToldAndNotReadFurther() throws IOException {
    try (JournalSegment segment = segment()) {
      segment.append(batch(1, 5, 100, random), false);
      byte[] header = Arrays.copyOf(Files.readAllBytes(segment.path()), 4096);
      int length = ByteBuffer.wrap(header).getInt(10);
      ByteBuffer.wrap(header).putShort(8, (short) 2);
      CRC32C crc = new CRC32C();
      crc.update(header, 0, length - 4);
      ByteBuffer.wrap(header).putInt(length - 4, (int) crc.getValue());
      try (RandomAccessFile out = new RandomAccessFile(segment.path().toFile(), "rw")) {
        out.write(header, 0, length);
      }
      assertThat(read(segment.path())).isEmpty();
      assertThat(damage.ofLaterVersion).containsExactly(new RecordedDamage.Stretch(0, CAPACITY));
      assertThat(damage.reasons).containsExactly("version 2 of the format, not 1");
      assertThat(damage.damaged).isEmpty();
    }
  }
}
