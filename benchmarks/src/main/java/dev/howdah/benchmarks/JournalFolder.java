package dev.howdah.benchmarks;

import dev.howdah.testkit.TemporaryFolder;
import java.io.UncheckedIOException;

/**
 * Where one Howdah has its journal, deleted after it: what it leaves at its end would otherwise be
 * adopted, and written, by the next one while that is measured.
 */
final class JournalFolder implements AutoCloseable {

  private final TemporaryFolder folder = TemporaryFolder.create("howdah-bench");

  @Override
  public String toString() {
    return folder.path().toString();
  }

  @Override
  public void close() {
    try {
      folder.close();
    } catch (UncheckedIOException e) {
      // An encoder that is still at its last events may write; what was measured stands.
      System.err.println("[bench] left behind: " + e);
    }
  }
}
