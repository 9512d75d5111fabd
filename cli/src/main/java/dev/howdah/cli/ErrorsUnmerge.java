package dev.howdah.cli;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Two bugs were not one after all. */
@Command(
    name = "unmerge",
    description = "Takes a merge back: the error counts by itself again.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {Change.DONE, Change.REFUSED, Change.WRONG})
final class ErrorsUnmerge implements Callable<Integer> {

  @Mixin private Change change;

  @Override
  public Integer call() throws SQLException {
    return change.call("unmerge_error", "unmerged", Map.of());
  }
}
