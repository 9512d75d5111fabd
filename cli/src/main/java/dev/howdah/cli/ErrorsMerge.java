package dev.howdah.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Two fingerprints are one bug. */
@Command(
    name = "merge",
    description =
        "Says that two errors are one bug: the first counts as the other, also backwards.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {Change.DONE, Change.REFUSED, Change.WRONG})
final class ErrorsMerge implements Callable<Integer> {

  @Mixin private Change change;

  @Parameters(
      index = "1",
      paramLabel = "INTO",
      description = "The other error, or 6 and more characters of it.")
  private String into;

  @Override
  public Integer call() throws SQLException {
    return change.callWithOther("merge_errors", "merged into", "p_into", into);
  }
}
