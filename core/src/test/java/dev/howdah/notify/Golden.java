package dev.howdah.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that a person has read and found right. What differs from its file is left in {@code
 * target/golden}, to be read and copied.
 */
final class Golden {

  private Golden() {}

  /** Compares with the file of that name beside this class. */
  static void assertMatches(String name, String actual) throws IOException {
    String expected = read(name);
    if (!actual.equals(expected)) {
      Path folder = Files.createDirectories(Path.of("target", "golden"));
      Files.writeString(folder.resolve(name), actual);
    }
    assertThat(actual).as(name).isEqualTo(expected);
  }

  private static String read(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8);
    }
  }
}
