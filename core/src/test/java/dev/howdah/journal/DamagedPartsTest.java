package dev.howdah.journal;

import static dev.howdah.journal.TestBatches.batch;
import static dev.howdah.journal.TestBatches.owner;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.batch.Batch;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ProblemReporter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged can be looked at later. */
class DamagedPartsTest {

  private final List<String> told = new ArrayList<>();
  private final ProblemReporter problems =
      new ProblemReporter(
          new PipelineListener() {
            @Override
            public void problem(String message, @Nullable Throwable cause) {
              told.add(message);
            }
          });

  @TempDir Path folder;
  private Path damagedFolder;
  private Path file;
  private long start;
  private long length;

  /** A segment whose first of two frames is damaged. */
  @BeforeEach
  void damage() throws IOException {
    damagedFolder = folder.resolve("damaged");
    Random random = new Random(5);
    Batch first = batch(1, 30, 100, random);
    try (JournalSegment segment = JournalSegment.create(folder, 64 << 10, owner(0xCAFE), 3)) {
      file = segment.path();
      start = segment.end();
      length = JournalSegment.frameBytes(first);
      segment.append(first, false);
      segment.append(batch(2, 30, 100, random), false);
    }
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(start + 100);
      out.write("damaged".getBytes(US_ASCII));
    }
  }

  private void read(DamagedParts parts) throws IOException {
    Batch batch = new Batch();
    try (SegmentReader reader = SegmentReader.open(file, parts)) {
      assertThat(reader.next(batch)).isTrue();
      assertThat(batch.number()).isEqualTo(2);
      assertThat(reader.next(batch)).isFalse();
    }
  }

  @Test
  void aDamagedStretchIsKeptAndTold() throws IOException {
    DamagedParts parts = new DamagedParts(damagedFolder, problems);
    read(parts);

    byte[] expected =
        Arrays.copyOfRange(Files.readAllBytes(file), (int) start, (int) (start + length));
    assertThat(damagedFolder.resolve("000000000000cafe-00000003-" + start + ".bin"))
        .hasBinaryContent(expected);
    assertThat(parts.count()).isEqualTo(1);
    assertThat(told)
        .containsExactly(
            length
                + " bytes of "
                + file
                + " at "
                + start
                + " are damaged and kept in "
                + damagedFolder);
  }

  @Test
  void readOnceMoreItIsNotCountedAgain() throws IOException {
    DamagedParts parts = new DamagedParts(damagedFolder, problems);
    read(parts);
    read(parts);
    assertThat(parts.count()).isEqualTo(1);
    assertThat(damagedFolder).isDirectoryContaining("glob:**.bin");
  }

  @Test
  void beyondItsBoundsItIsOnlyCounted() throws IOException {
    Files.createDirectory(damagedFolder);
    try (RandomAccessFile before = new RandomAccessFile(damagedFolder + "/before.bin", "rw")) {
      before.setLength((64 << 20) - length + 1);
    }
    DamagedParts parts = new DamagedParts(damagedFolder, problems);
    read(parts);

    assertThat(parts.count()).isEqualTo(1);
    assertThat(damagedFolder).isDirectoryNotContaining("glob:**cafe*");
    assertThat(told).hasSize(1).first().asString().contains("only counted");
  }

  @Test
  void nothingIsThrownWhereItCannotBeKept() throws IOException {
    Files.createFile(damagedFolder);
    DamagedParts parts = new DamagedParts(damagedFolder, problems);
    read(parts);
    assertThat(parts.count()).isEqualTo(1);
    assertThat(told).hasSize(1).first().asString().contains("could not be kept");
  }
}
