package dev.howdah.cli;

import dev.howdah.HowdahConfig;
import dev.howdah.journal.JournalFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The argument of all commands on journals: where they are. */
final class Journals {

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description =
          "A journal's folder, or one above it: the setting 'directory'. Default: that setting's.")
  private @Nullable Path path;

  /** The journals there that have something in them, each service's oldest first. */
  List<JournalFolder> find() throws IOException {
    Path from = path == null ? defaultDirectory() : path;
    if (!Files.isDirectory(from)) {
      if (path == null) {
        return List.of(); // Nothing was ever kept there.
      }
      throw new NoSuchFileException(from + " is not a folder: PATH must be one");
    }
    JournalFolder itself = new JournalFolder(from);
    if (!itself.segments().isEmpty()) {
      return List.of(itself);
    }
    List<JournalFolder> found = new ArrayList<>(JournalFolder.under(from));
    found.addAll(JournalFolder.under(from.resolve("journal")));
    try (Stream<Path> services = Files.list(from)) {
      for (Path service : services.sorted().toList()) {
        found.addAll(JournalFolder.under(service.resolve("journal")));
      }
    }
    return found;
  }

  private static Path defaultDirectory() {
    return HowdahConfig.builder().set("url", "jdbc:postgresql:none").build().directory();
  }
}
