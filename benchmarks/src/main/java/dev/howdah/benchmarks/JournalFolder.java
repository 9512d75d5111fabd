package dev.howdah.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one Howdah has its journal, deleted after it: what it leaves at its end would otherwise be
 * adopted, and written, by the next one while that is measured.
 */
final class JournalFolder implements AutoCloseable {

  private final Path path;

  JournalFolder() {
    try {
      path = Files.createTempDirectory("howdah-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // An encoder that is still at its last events may write; what was measured stands.
      System.err.println("[bench] left behind: " + e);
    }
  }
}
