package dev.howdah.cli;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Nobody need hear of a bug. */
@Command(
    name = "ignore",
    description = "Says that nobody need hear of an error: for ever, or until what comes first.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {Change.DONE, Change.REFUSED, Change.WRONG})
final class ErrorsIgnore implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Change change;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Until then: 2h, 7d, 2026-12-24, 2026-12-24T10:00Z.")
  private @Nullable Moment until;

  @Option(
      names = "--occurrences",
      paramLabel = "COUNT",
      description = "Until it has occurred so often again.")
  private @Nullable Long occurrences;

  @Option(
      names = "--until-release",
      paramLabel = "RELEASE",
      description = "Until it occurs in this release, or a later one.")
  private @Nullable String untilRelease;

  @Override
  public Integer call() throws SQLException {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("p_until", end());
    parameters.put("p_occurrences", count());
    parameters.put("p_until_release", untilRelease);
    return change.call("ignore_error", "ignored", parameters);
  }

  private @Nullable Instant end() {
    if (until == null) {
      return null;
    }
    Instant now = Instant.now();
    Instant end = until.ahead(now);
    if (!end.isAfter(now)) {
      throw new ParameterException(
          spec.commandLine(), "--until is " + end + ", which is over: it must be in the future");
    }
    return end;
  }

  private @Nullable Long count() {
    if (occurrences != null && occurrences < 1) {
      throw new ParameterException(
          spec.commandLine(), "--occurrences is " + occurrences + ": it must be 1 or more");
    }
    return occurrences;
  }
}
