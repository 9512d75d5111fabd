package dev.howdah.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query of a file of {@code sql/queries}.
 *
 * @param file name of the file, without its ending
 * @param question the comment above the query; of the seed's, which have none, the query itself
 * @param sql the query
 */
record CookbookQuery(String file, String question, String sql) {

  private static final Path FOLDER = Path.of("..", "sql", "queries");

  static List<CookbookQuery> all() throws IOException {
    List<CookbookQuery> queries = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path path : files.sorted().toList()) {
        String file = path.getFileName().toString().replace(".sql", "");
        for (String text : Files.readString(path).split(";\n", 0)) {
          queries.add(of(file, text));
        }
      }
    }
    return queries;
  }

  /** A blank line parts a query from the one before, or from the comment on the whole file. */
  static CookbookQuery of(String file, String text) {
    String sql = text.substring(text.lastIndexOf("\n\n") + 1).strip();
    return new CookbookQuery(file, sql.lines().findFirst().orElseThrow(), sql);
  }

  /** Whether the seed gave its wording. */
  boolean isSeeds() {
    return file.equals("seed");
  }
}
