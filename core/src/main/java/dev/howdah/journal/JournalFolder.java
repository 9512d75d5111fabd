package dev.howdah.journal;

import dev.howdah.event.ProblemReporter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the journal of one instance is: a folder named by the instance's number in hex, with the
 * segments and the file {@code lock}, below the folder of all journals of the service, {@code
 * <directory>/<service>/journal}.
 *
 * @param path the folder
 */
public record JournalFolder(Path path) {

  private static final String DAMAGED = "damaged";

  /**
   * The folder of an instance.
   *
   * @param journals folder of all journals of the service
   * @param instanceId number of the instance
   */
  public JournalFolder(Path journals, long instanceId) {
    this(journals.resolve(HexFormat.of().toHexDigits(instanceId)));
  }

  /**
   * Finds journals that have something in them; whether an instance still holds them is for {@link
   * FolderLock} to say.
   *
   * @param journals folder of all journals of the service
   * @return those of the oldest starts first; none when there is no such folder
   * @throws IOException when it can't be read
   */
  public static List<JournalFolder> under(Path journals) throws IOException {
    record Found(JournalFolder folder, JournalOwner owner) {}
    List<Found> found = new ArrayList<>();
    for (JournalFolder folder : all(journals)) {
      try (JournalReader reader = folder.reader(DamageListener.NONE)) {
        if (!folder.segments().isEmpty()) {
          found.add(new Found(folder, reader.owner()));
        }
      } catch (FileNotFoundException | NoSuchFileException e) {
        // Its owner, who is at work, has just deleted it.
      }
    }
    return found.stream()
        .sorted(Comparator.comparing(each -> each.owner().startedAt()))
        .map(Found::folder)
        .toList();
  }

  /**
   * Finds journals with nothing in them that are not just being made: most are of instances that
   * are at work, the others of those that were killed.
   *
   * @param journals folder of all journals of the service
   * @return them, in no order; none when there is no such folder
   * @throws IOException when it can't be read
   */
  public static List<JournalFolder> emptyUnder(Path journals) throws IOException {
    Instant aMinuteAgo = Instant.now().minus(Duration.ofMinutes(1));
    List<JournalFolder> empty = new ArrayList<>();
    for (JournalFolder folder : all(journals)) {
      try {
        if (folder.segments().isEmpty()
            && Files.getLastModifiedTime(folder.path).toInstant().isBefore(aMinuteAgo)) {
          empty.add(folder);
        }
      } catch (NoSuchFileException e) {
        // Its owner, who has stopped, has just deleted it.
      }
    }
    return empty;
  }

  private static List<JournalFolder> all(Path journals) throws IOException {
    if (!Files.isDirectory(journals)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(journals)) {
      return folders
          .filter(folder -> Files.isDirectory(folder) && !folder.endsWith(DAMAGED))
          .map(JournalFolder::new)
          .toList();
    }
  }

  /**
   * Lists its segments.
   *
   * @return the files, oldest first; none when the folder has just been deleted
   * @throws IOException when the folder can't be read
   */
  public List<Path> segments() throws IOException {
    return Files.isDirectory(path) ? JournalSegment.files(path) : List.of();
  }

  /** {@return the number in the folder's name, or 0 when it is the name of something else} */
  public long instanceId() {
    String name = String.valueOf(path.getFileName());
    return name.matches("[0-9a-f]{16}") ? Long.parseUnsignedLong(name, 16) : 0;
  }

  /** {@return the folder of the service, in which the folder of its journals is} */
  public Path home() {
    return path.toAbsolutePath().resolve("../..").normalize();
  }

  /** The service, as the folder names tell it. */
  String service() {
    Path service = home().getFileName();
    return service == null ? "unknown" : service.toString();
  }

  /**
   * Opens the journal to look at it; nothing is changed.
   *
   * @param listener told of what can't be given back
   * @return a reader, which the caller closes
   * @throws IOException when the folder can't be read
   */
  public JournalReader reader(DamageListener listener) throws IOException {
    return new JournalReader(this, listener, false);
  }

  /**
   * Opens the journal of an instance that is gone, to be done with it: see {@link JournalReader}.
   * Damaged parts are kept aside.
   *
   * @param problems told of what is damaged
   * @return a reader, which the caller closes
   * @throws IOException when the folder can't be read
   */
  public JournalReader consumer(ProblemReporter problems) throws IOException {
    return new JournalReader(this, damagedParts(problems), true);
  }

  /** Where damaged parts are kept, of all journals of the service. */
  DamagedParts damagedParts(ProblemReporter problems) {
    return new DamagedParts(path.resolveSibling(DAMAGED), problems);
  }

  /** How much the journals of the service's other starts take. */
  long bytesOfOthers() throws IOException {
    long sum = 0;
    for (JournalFolder other : all(path.toAbsolutePath().getParent())) {
      if (!other.path.getFileName().equals(path.getFileName())) {
        for (Path segment : other.segments()) {
          sum += sizeOf(segment);
        }
      }
    }
    return sum;
  }

  private static long sizeOf(Path segment) {
    try {
      return Files.size(segment);
    } catch (IOException e) {
      return 0; // Its owner has deleted it meanwhile.
    }
  }

  /**
   * Deletes the folder, unless segments are in it.
   *
   * @param problems told when it stays though it is empty
   */
  public void delete(ProblemReporter problems) {
    try {
      if (segments().isEmpty()) {
        Files.deleteIfExists(path.resolve("lock"));
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      problems.problem("the journal's folder " + path + " could not be deleted", e);
    }
  }
}
