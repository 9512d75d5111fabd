package dev.howdah.journal;

import dev.howdah.event.ProblemReporter;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Keeps damaged stretches of segments aside, each in a file {@code
 * <instance>-<segment>-<offset>.bin}, for people to look at: nothing that was journaled disappears
 * without a trace. No more than {@value #MAX_FILES} files and 64 MiB; beyond that they are only
 * counted. Never throws. For one thread; any thread may ask for the count.
 */
public final class DamagedParts implements DamageListener {

  private static final int MAX_FILES = 1000;
  private static final long MAX_BYTES = 64L * 1024 * 1024;
  private static final int SLICE = 64 * 1024;

  private final Path folder;
  private final ProblemReporter problems;
  private long filesLeft = MAX_FILES;
  private long bytesLeft = MAX_BYTES;
  private boolean looked;
  private final AtomicLong count = new AtomicLong();

  /**
   * @param folder where the files go; made when it is needed
   * @param problems told of each stretch, and of a folder that can't be written
   */
  public DamagedParts(Path folder, ProblemReporter problems) {
    this.folder = folder;
    this.problems = problems;
  }

  @Override
  public void damaged(SegmentReader reader, long offset, long length) {
    String name =
        String.format(
            Locale.ROOT, "%016x-%08d-%d.bin", reader.instanceId(), reader.segmentNumber(), offset);
    String what = length + " bytes of " + reader.path() + " at " + offset + " are damaged";
    try {
      Path part = folder.resolve(name);
      if (Files.exists(part)) {
        return; // Told when it was kept; the segment is only read once more.
      }
      count.incrementAndGet(); // Whatever comes of keeping it.
      look();
      if (filesLeft == 0 || length > bytesLeft) {
        problems.problem(what + " and only counted, since the folder is full: " + folder, null);
        return;
      }
      copy(reader.path(), offset, length, part);
      filesLeft--;
      bytesLeft -= length;
      problems.problem(what + " and kept in " + folder, null);
    } catch (IOException | RuntimeException e) {
      problems.problem(what + " and could not be kept in " + folder + " (" + e + ")", e);
    }
  }

  @Override
  public void ofLaterVersion(SegmentReader reader, long offset, long length, String why) {
    problems.problem(
        length
            + " bytes of "
            + reader.path()
            + " at "
            + offset
            + " stay there, since only a later version of Howdah can read them ("
            + why
            + ")",
        null);
  }

  /** {@return damaged stretches found since this object was made, without those kept before} */
  public long count() {
    return count.get();
  }

  /** What earlier processes kept counts too. */
  private void look() throws IOException {
    if (looked) {
      return;
    }
    Files.createDirectories(folder);
    List<Path> kept;
    try (Stream<Path> files = Files.list(folder)) {
      kept = files.toList();
    }
    for (Path part : kept) {
      filesLeft = Math.max(0, filesLeft - 1);
      bytesLeft = Math.max(0, bytesLeft - Files.size(part));
    }
    looked = true;
  }

  private static void copy(Path segment, long offset, long length, Path part) throws IOException {
    try (RandomAccessFile from = new RandomAccessFile(segment.toFile(), "r");
        FileOutputStream to = new FileOutputStream(part.toFile())) {
      byte[] bytes = new byte[(int) Math.min(SLICE, length)];
      from.seek(offset);
      for (long left = length; left > 0; ) {
        int some = from.read(bytes, 0, (int) Math.min(bytes.length, left));
        if (some < 0) {
          throw new EOFException(segment + " became shorter");
        }
        to.write(bytes, 0, some);
        left -= some;
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }
}
