package dev.howdah.journal;

import static dev.howdah.journal.TestBatches.batch;
import static dev.howdah.journal.TestBatches.content;
import static dev.howdah.journal.TestBatches.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.batch.Batch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full costs the batch that found no room, and nothing before it. */
class FullDiskTest {

  private static final int CAPACITY = 200_000;

  private final Random random = new Random(5);
  private final RecordedDamage damage = new RecordedDamage();

  @TempDir Path folder;

  /** Writes what there is room for, then fails: as a system call on a full disk does. */
  private static final class SmallDisk extends RandomAccessFile {
    long room;

    SmallDisk(Path file, long room) throws IOException {
      super(file.toFile(), "rw");
      this.room = room;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int some = (int) Math.min(length, room);
      super.write(bytes, from, some);
      room -= some;
      if (some < length) {
        throw new IOException("No space left on device");
      }
    }
  }

  @Test
  void aSegmentThatFindsNoRoomIsNotMade() throws IOException {
    Path file = folder.resolve("00000001.journal");
    for (int room : new int[] {0, 1, 65_536, 100_000, CAPACITY, CAPACITY + 10}) {
      SmallDisk disk = new SmallDisk(file, room);
      assertThatThrownBy(() -> JournalSegment.create(file, disk, CAPACITY, owner(7), 1))
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
      assertThat(folder).isEmptyDirectory();
      assertThat(disk.getChannel().isOpen()).isFalse();
    }
  }

  @Test
  void aWriteThatFailsAtAnyByteCostsOnlyItsBatch() throws IOException {
    Batch first = batch(1, 3, 50, random);
    Batch second = batch(2, 1, 20, random);
    long frame = JournalSegment.frameBytes(second);
    for (int room = 0; room <= frame - 8; room++) {
      Path file = folder.resolve("00000001.journal");
      SmallDisk disk = new SmallDisk(file, Long.MAX_VALUE);
      try (JournalSegment segment = JournalSegment.create(file, disk, 2048, owner(7), 1);
          SegmentReader live = segment.reader(damage)) {
        segment.append(first, false);
        disk.room = room;
        assertThatThrownBy(() -> segment.append(second, false))
            .isInstanceOf(IOException.class)
            .hasMessage("No space left on device");

        disk.room = Long.MAX_VALUE;
        assertThat(segment.fits(second)).isFalse();
        assertThatThrownBy(() -> segment.append(second, false))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("takes no more after an earlier failure");
        hasOnly(first, live);
        try (SegmentReader later = SegmentReader.open(file, damage)) {
          hasOnly(first, later);
        }
      }
      Files.delete(file);
    }
    assertThat(damage.damaged).isEmpty();
  }

  private static void hasOnly(Batch expected, SegmentReader reader) throws IOException {
    Batch read = new Batch();
    assertThat(reader.next(read)).isTrue();
    assertThat(content(read)).isEqualTo(content(expected));
    assertThat(reader.next(read)).isFalse();
  }

  @Test
  void onASmallFileSystem() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", small.toString()),
        "needs the right to mount a tmpfs");
    try {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> JournalSegment.create(small, 1 << 20, owner(7), 1))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("No space left on device");
        assertThat(small).isEmptyDirectory();
      }
      Batch batch = batch(1, 100, 100, random);
      try (JournalSegment segment = JournalSegment.create(small, 384 << 10, owner(7), 1)) {
        assertThatThrownBy(() -> JournalSegment.create(small, 384 << 10, owner(7), 2))
            .isInstanceOf(IOException.class);
        // The room of the first was taken when it was made.
        segment.append(batch, true);
        try (SegmentReader reader = segment.reader(damage)) {
          hasOnly(batch, reader);
        }
      }
    } finally {
      assertThat(run("umount", small.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false; // No such command.
    }
  }
}
