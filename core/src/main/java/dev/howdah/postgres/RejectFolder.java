package dev.howdah.postgres;

import dev.howdah.batch.Batch;
import dev.howdah.encode.RowJson;
import dev.howdah.event.ProblemReporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the rows that PostgreSQL refused, one line of JSON each, with the reason: nothing that was
 * logged disappears without a trace. For the writer's thread; never throws.
 */
public final class RejectFolder {

  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private final Path file;
  private final ProblemReporter problems;

  /**
   * @param folder where the file {@code rejects.ndjson} is; made when it is needed
   * @param problems told of each reject, and of a folder that can't be written
   */
  public RejectFolder(Path folder, ProblemReporter problems) {
    this.file = folder.resolve("rejects.ndjson");
    this.problems = problems;
  }

  void keep(Batch batch, int row, SQLException reason) {
    ObjectNode line = RowJson.object();
    line.put("reason", String.valueOf(reason.getMessage()));
    line.put("sql_state", String.valueOf(reason.getSQLState()));
    RowJson.add(batch, row, line);
    try {
      Files.createDirectories(file.getParent());
      if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
        problems.problem(
            "PostgreSQL refused a row; it is only counted, since " + file + " is full", reason);
        return;
      }
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      problems.problem("PostgreSQL refused a row; it is kept in " + file, reason);
    } catch (IOException | RuntimeException e) {
      reason.addSuppressed(e);
      problems.problem(
          "PostgreSQL refused a row, and it could not be kept in "
              + file
              + ": setting 'directory' must be a folder that can be written to ("
              + e
              + ")",
          reason);
    }
  }
}
