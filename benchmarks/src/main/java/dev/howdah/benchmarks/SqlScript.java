package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Statements from a file of the class path.
 *
 * @param text the file's
 */
record SqlScript(String text) {

  /**
   * Reads a file.
   *
   * @param neighbour a class whose package has it
   * @param name its name from there
   */
  static SqlScript of(Class<?> neighbour, String name) {
    try (InputStream in = neighbour.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not beside " + neighbour);
      }
      return new SqlScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For an empty database, where nothing can be dropped; a DROP must be on one line. */
  SqlScript withoutDrops() {
    Predicate<String> drops = line -> line.startsWith("DROP ");
    return new SqlScript(text.lines().filter(drops.negate()).collect(Collectors.joining("\n")));
  }

  void run(TestDatabase database) {
    database.execute(text);
  }
}
