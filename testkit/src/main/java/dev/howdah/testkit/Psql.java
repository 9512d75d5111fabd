package dev.howdah.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The command {@code psql} of this machine, pointed at a database as a user would point it. */
public final class Psql {

  /**
   * What a command did.
   *
   * @param exitCode 0 when all went well
   * @param output what it printed on both streams
   */
  public record Result(int exitCode, String output) {}

  private Psql() {}

  /** {@return whether this machine has a psql} */
  public static boolean isThere() {
    try {
      Process process =
          new ProcessBuilder("psql", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Runs a command whose psql finds the database by the variables {@code PGHOST} and so on.
   *
   * @param database where to connect
   * @param directory the working directory
   * @param command the program and its arguments
   * @return what it did
   * @throws IOException when there is no such program
   * @throws InterruptedException when interrupted
   */
  public static Result run(TestDatabase database, Path directory, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("PGHOST", database.host());
    environment.put("PGPORT", Integer.toString(database.port()));
    environment.put("PGDATABASE", database.name());
    environment.put("PGUSER", database.username());
    environment.put("PGPASSWORD", database.password());
    // What the person at this machine has set for psql is not the user's.
    environment.put("PSQLRC", "/dev/null");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
