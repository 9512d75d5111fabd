package dev.howdah.cli;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A decision is taken back. */
@Command(
    name = "reopen",
    description = "Takes back that an error was resolved or ignored.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {Change.DONE, Change.REFUSED, Change.WRONG})
final class ErrorsReopen implements Callable<Integer> {

  @Mixin private Change change;

  @Override
  public Integer call() throws SQLException {
    return change.call("reopen_error", "reopened", Map.of());
  }
}
