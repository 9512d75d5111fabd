package dev.howdah.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the documents are, whatever folder the tests run in. */
final class Repository {

  static final Path ROOT = root();

  private Repository() {}

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** The text of all files of {@code sql/queries}. */
  static String queries() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(ROOT.resolve("sql/queries"))) {
      for (Path file : files.sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  static String name(Path document) {
    return ROOT.relativize(document).toString().replace('\\', '/');
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".ci"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no folder above holds .ci");
    }
    return folder;
  }
}
