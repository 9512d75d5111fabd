package dev.howdah.cli;

import dev.howdah.batch.Batch;
import dev.howdah.event.Level;
import dev.howdah.journal.FolderLock;
import dev.howdah.journal.JournalFolder;
import dev.howdah.journal.JournalOwner;
import dev.howdah.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is in a journal: every frame is read, nothing is changed. */
final class Survey {

  private final JournalFolder folder;
  private final JournalOwner owner;
  private final long[] rows = new long[Level.values().length];
  private final Troubles troubles = new Troubles();
  private long batches;

  private Survey(JournalFolder folder) throws IOException {
    this.folder = folder;
    try (JournalReader reader = folder.reader(troubles)) {
      owner = reader.owner();
      Batch batch = new Batch();
      while (reader.next(batch)) {
        batches++;
        for (Level level : Level.values()) {
          rows[level.ordinal()] += batch.count(level);
        }
      }
    }
  }

  static Survey of(JournalFolder folder) throws IOException {
    return new Survey(folder);
  }

  Path path() {
    return folder.path();
  }

  JournalOwner owner() {
    return owner;
  }

  long batches() {
    return batches;
  }

  long rows() {
    long sum = 0;
    for (long each : rows) {
      sum += each;
    }
    return sum;
  }

  long rows(Level level) {
    return rows[level.ordinal()];
  }

  /** What a replay would not write. */
  List<String> troubles() {
    return troubles.list();
  }

  int segments() throws IOException {
    return folder.segments().size();
  }

  long bytes() throws IOException {
    long sum = 0;
    for (Path segment : folder.segments()) {
      sum += Files.size(segment);
    }
    return sum;
  }

  /** Whether a running instance has it; unknown where no lock can be tried, as in a copy. */
  String held() {
    try (FolderLock lock = FolderLock.tryLock(folder.path())) {
      return lock == null ? "yes" : "no";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
