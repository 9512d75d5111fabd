package dev.howdah.cli;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A bug is mended. */
@Command(
    name = "resolve",
    description = "Says that an error is mended: when it is seen after that, it is a regression.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {Change.DONE, Change.REFUSED, Change.WRONG})
final class ErrorsResolve implements Callable<Integer> {

  @Mixin private Change change;

  @ArgGroup private @Nullable Release release;

  /** From which release on it counts. */
  private static final class Release {

    @Option(
        names = "--in-release",
        paramLabel = "RELEASE",
        required = true,
        description = "Mended in this release; earlier ones may still have it.")
    private @Nullable String inRelease;

    @Option(
        names = "--in-next-release",
        required = true,
        description = "Mended in the release after the newest that has started.")
    private boolean inNextRelease;
  }

  @Override
  public Integer call() throws SQLException {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    if (release != null) {
      parameters.put("p_in_release", release.inRelease);
      parameters.put("p_in_next_release", release.inNextRelease);
    }
    return change.call("resolve_error", "resolved", parameters);
  }
}
