package dev.howdah.cli;

import dev.howdah.HowdahConfig;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * How a command reaches the database. A password is better in the environment than in an option.
 */
final class ConnectionOptions {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Option(
      names = "--url",
      required = true,
      defaultValue = "${env:HOWDAH_URL}",
      description = "jdbc:postgresql://host:port/database. Default: $$HOWDAH_URL.")
  private String url;

  @Option(
      names = "--username",
      defaultValue = "${env:HOWDAH_USERNAME}",
      description = "Role to connect as. Default: $$HOWDAH_USERNAME, else as the URL says.")
  private @Nullable String username;

  @Option(
      names = "--password",
      arity = "0..1",
      interactive = true,
      defaultValue = "${env:HOWDAH_PASSWORD}",
      description =
          "Its password; without a value it is asked for. Default: $$HOWDAH_PASSWORD, else ~/.pgpass.")
  private @Nullable String password;

  @Option(
      names = "--schema",
      defaultValue = "monitoring",
      description = "Howdah's schema. Default: ${DEFAULT-VALUE}.")
  private String schema;

  /**
   * Connects; to be closed.
   *
   * @param spec the command that asks
   * @throws SQLException naming the URL without its secrets, when the database is away
   */
  Monitoring open(CommandSpec spec) throws SQLException {
    return Monitoring.open(config(spec, PATIENCE));
  }

  /**
   * The settings, checked; the schema is neither made nor maintained.
   *
   * @param spec the command that asks
   * @param patience how long it waits for the database; several attempts to connect fit in
   */
  HowdahConfig config(CommandSpec spec, Duration patience) {
    try {
      HowdahConfig.Builder builder =
          HowdahConfig.builder()
              .set("url", url)
              .set("schema", schema)
              .set("autoMigrate", "false")
              .set("maintain", "false")
              .set("connectionTimeout", Math.min(5000, patience.toMillis() / 3) + " ms");
      if (username != null) {
        builder.set("username", username);
      }
      if (password != null) {
        builder.set("password", password);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
