package dev.howdah.journal;

import dev.howdah.batch.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal of an instance that is gone, from its first batch to its last. For one thread.
 */
public final class JournalReader implements Closeable {

  private final JournalFolder folder;
  private final DamageListener listener;
  private final boolean consuming;
  private final JournalOwner owner;
  private final ArrayDeque<Path> segments;
  private @Nullable SegmentReader reader;

  /**
   * Opens a journal.
   *
   * @param folder where it is
   * @param listener told of what can't be given back
   * @param consuming whether each segment is deleted when it has been read through: whoever asks
   *     for the next batch is done with those before
   * @throws IOException when the folder can't be read
   */
  JournalReader(JournalFolder folder, DamageListener listener, boolean consuming)
      throws IOException {
    this.folder = folder;
    this.listener = listener;
    this.consuming = consuming;
    segments = new ArrayDeque<>(folder.segments());
    owner = findOwner();
  }

  /** Each segment names its owner; where all headers are damaged, the folder tells the least. */
  private JournalOwner findOwner() throws IOException {
    for (Path segment : segments) {
      try (SegmentReader in = SegmentReader.open(segment, DamageListener.NONE)) {
        if (in.owner() != null) {
          return in.owner();
        }
      }
    }
    return new JournalOwner(
        folder.instanceId(), folder.service(), null, null, null, 0, Instant.EPOCH);
  }

  /** {@return whose journal it is} */
  public JournalOwner owner() {
    return owner;
  }

  /**
   * Reads the next batch.
   *
   * @param into is emptied, then filled
   * @return false at the end
   * @throws IOException when a file can't be read
   */
  public boolean next(Batch into) throws IOException {
    while (reader != null || !segments.isEmpty()) {
      if (reader == null) {
        reader = SegmentReader.open(segments.element(), listener);
      }
      if (reader.next(into)) {
        return true;
      }
      leave(reader);
    }
    return false;
  }

  private void leave(SegmentReader done) throws IOException {
    done.close();
    Path segment = segments.remove();
    if (consuming && !done.hasLaterVersion()) {
      Files.deleteIfExists(segment);
    }
    reader = null;
  }

  /** Leaves all segments that are not read through as they are. */
  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
