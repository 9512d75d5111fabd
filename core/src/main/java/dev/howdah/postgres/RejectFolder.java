package dev.howdah.postgres;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import dev.howdah.encode.RowEncoder;
import dev.howdah.event.ProblemReporter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Keeps the rows that PostgreSQL refused, one line of JSON each, with the reason: nothing that was
 * logged disappears without a trace. For the writer's thread; never throws.
 */
public final class RejectFolder {

  private static final long MAX_BYTES = 64L * 1024 * 1024;
  private static final long EPOCH_SECONDS = 946_684_800;
  private static final Set<String> NUMBERS = Set.of("instance_id", "seq", "site_id", "group_id");

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
    ByteBuilder line = new ByteBuilder(1024);
    line.putAscii("{\"reason\":");
    putText(line, String.valueOf(reason.getMessage()));
    line.putAscii(",\"sql_state\":");
    putText(line, String.valueOf(reason.getSQLState()));
    fields(batch, row, line);
    line.putAscii("}\n");
    try {
      Files.createDirectories(file.getParent());
      if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
        problems.problem(
            "PostgreSQL refused a row; it is only counted, since " + file + " is full", reason);
        return;
      }
      byte[] bytes = java.util.Arrays.copyOf(line.array(), line.length());
      Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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

  private static void fields(Batch batch, int row, ByteBuilder line) {
    int start = batch.offset(row);
    ByteBuffer in = ByteBuffer.wrap(batch.rows().array(), start, batch.offset(row + 1) - start);
    int count = in.getShort();
    for (int i = 0; i < count; i++) {
      String column = RowEncoder.COLUMNS.get(i);
      byte[] value = field(in);
      if (value.length > 0) {
        line.put(',');
        putText(line, column);
        line.put(':');
        field(column, value, line);
      }
    }
  }

  private static byte[] field(ByteBuffer in) {
    byte[] value = new byte[Math.max(0, in.getInt())];
    in.get(value);
    return value;
  }

  private static void field(String column, byte[] value, ByteBuilder line) {
    switch (column) {
      case "logged_at" -> {
        Instant at = Instant.ofEpochSecond(EPOCH_SECONDS);
        putText(line, at.plus(ByteBuffer.wrap(value).getLong(), ChronoUnit.MICROS).toString());
      }
      case "context" ->
          putText(line, new String(value, 1, value.length - 1, StandardCharsets.UTF_8));
      case "stack_id" -> {
        ByteBuffer id = ByteBuffer.wrap(value);
        putText(line, new java.util.UUID(id.getLong(), id.getLong()).toString());
      }
      default -> {
        if (NUMBERS.contains(column)) {
          line.putAscii(Long.toString(ByteBuffer.wrap(value).getLong()));
        } else {
          putText(line, new String(value, StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static void putText(ByteBuilder line, String text) {
    line.putJsonString(text, text.length());
  }
}
