package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts {@link FirstEvent} in a JVM of its own, and looks for its row.
 *
 * @param framework {@code logback} or {@code log4j2}
 * @param appender {@code none} or {@code howdah}
 */
record FreshJvm(String framework, String appender) {

  private static final String SCHEMA =
      "SELECT 1 FROM pg_tables WHERE (schemaname, tablename) = ('monitoring', 'log_events')";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /**
   * What the first event took, in milliseconds.
   *
   * @param call from before the first logger is looked up until the call has returned
   * @param row until another session sees the row; NaN where there is none
   * @param cpu processor time of the JVM by then, its own start included
   */
  record Times(double call, double row, double cpu) {}

  Times logTo(TestDatabase database) throws Exception {
    String message = UUID.randomUUID().toString();
    Process process = start(database, message);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      // Looking before the call has ended would take the processor from what is measured.
      String[] line = String.valueOf(output.readLine()).split(" ", -1);
      long seen = appender.equals("howdah") ? await(message, database) : 0;
      double cpu = process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
      double row = seen == 0 ? Double.NaN : (seen - Long.parseLong(line[0])) / 1e3;
      process.getOutputStream().close();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the JVM ended with " + process.exitValue());
      }
      return new Times(Long.parseLong(line[1]) / 1e6, row, cpu);
    } finally {
      process.destroy();
    }
  }

  private Process start(TestDatabase database, String message) throws IOException {
    String configuration = "dev/howdah/benchmarks/start/" + framework + "-" + appender + ".xml";
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + framework + ".configurationFile=" + configuration,
                FirstEvent.class.getName(),
                framework,
                message));
    builder.environment().put("DATABASE_URL", database.url());
    builder.environment().put("DB_USER", database.username());
    builder
        .environment()
        .put("DB_PASSWORD", database.password().isEmpty() ? "none" : database.password());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** When the row was there, in microseconds since 1970. */
  private static long await(String message, TestDatabase database) throws SQLException {
    String sql = "SELECT 1 FROM monitoring.log_events WHERE message = '" + message + "'";
    long start = System.nanoTime();
    try (Connection session = database.connect();
        Statement look = session.createStatement()) {
      while (!finds(look, SCHEMA) || !finds(look, sql)) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new IllegalStateException("the first event never became visible");
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static boolean finds(Statement look, String sql) throws SQLException {
    try (ResultSet row = look.executeQuery(sql)) {
      return row.next();
    }
  }
}
