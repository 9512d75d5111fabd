package dev.howdah.jars;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A jar of Howdah's.
 *
 * @param artifactId such as {@code howdah-core}
 * @param file the jar
 */
record PublishedJar(String artifactId, Path file) {

  /** Howdah's jars and all that they need at run time, as the build copied them. */
  static final Path LIB = Path.of("target", "lib");

  /** All of Howdah's in {@link #LIB}. */
  static List<PublishedJar> all() throws IOException {
    try (Stream<Path> files = Files.list(LIB)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("howdah-"))
          .map(file -> new PublishedJar(artifactId(file), file))
          .sorted((a, b) -> a.artifactId.compareTo(b.artifactId))
          .toList();
    }
  }

  static PublishedJar named(String artifactId) throws IOException {
    return all().stream().filter(jar -> jar.artifactId.equals(artifactId)).findAny().orElseThrow();
  }

  private static String artifactId(Path file) {
    return file.getFileName().toString().replaceFirst("-\\d.*", "");
  }

  /** The names of all files in it. */
  List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
    }
  }

  String text(String entry) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return new String(
          jar.getInputStream(jar.getJarEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String toString() {
    return artifactId;
  }
}
