package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Logs of real systems, line by line: what comes back is the file. */
@OneJdk
public abstract class ReplaySuite extends ConformanceSuite {

  private static final String FOLDER = "shared/data/loghub";
  private static final Pattern LEVEL = Pattern.compile("\\b(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\\b");

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected ReplaySuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  @Test
  void theLinesOfRealLogsComeBackAsTheyWere() throws Exception {
    Optional<Path> folder = folder();
    assumeTrue(folder.isPresent(), "no folder " + FOLDER + " beside the repository");
    Map<String, List<String>> files = read(folder.get());
    assertThat(files).isNotEmpty();
    settings.put("onFull", "block");
    settings.put("onFullTimeout", "10 min");
    Session session = start();
    files.forEach(
        (name, lines) ->
            lines.forEach(line -> session.log(Call.at(level(line), line).logger(name))));
    awaitDrained(session);
    session.stop();

    assertThat(db.query("SELECT logger, count(*) FROM " + logs() + " GROUP BY 1 ORDER BY 1"))
        .isEqualTo(
            files.entrySet().stream()
                .map(file -> List.of(file.getKey(), "" + file.getValue().size()))
                .toList());
    files.forEach(
        (name, lines) ->
            assertThat(
                    db.query(
                        "SELECT level, message FROM "
                            + logs()
                            + " WHERE logger = '"
                            + name
                            + "' ORDER BY seq"))
                .as(name)
                .isEqualTo(lines.stream().map(l -> List.of(stored(level(l)), l)).toList()));
    assertBalanced(session);
  }

  /** The level that stands in the line. */
  private static Level level(String line) {
    Matcher matcher = LEVEL.matcher(line);
    return matcher.find() ? Level.valueOf(matcher.group(1)) : Level.INFO;
  }

  /** File name without its ending to lines. */
  private static Map<String, List<String>> read(Path folder) throws IOException {
    Map<String, List<String>> files = new TreeMap<>();
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
      for (Path file : logs) {
        String name = file.getFileName().toString().replace(".log", "");
        files.put(name, new ArrayList<>(Files.readAllLines(file)));
      }
    }
    return files;
  }

  /** The data lie beside the repository, and so upwards of whatever module this runs in. */
  private static Optional<Path> folder() {
    return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
        .map(parent -> parent.resolve(FOLDER))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
