package dev.howdah.cli;

import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Somebody looks after a bug. */
@Command(
    name = "assign",
    description = "Says who looks after an error.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {Change.DONE, Change.REFUSED, Change.WRONG})
final class ErrorsAssign implements Callable<Integer> {

  @Mixin private Change change;

  @ArgGroup(multiplicity = "1")
  private Who who;

  /** Somebody, or nobody. */
  private static final class Who {

    @Parameters(
        index = "1",
        paramLabel = "ASSIGNEE",
        description = "Who looks after it, such as a mail address.")
    private @Nullable String assignee;

    @Option(names = "--nobody", required = true, description = "Nobody does any more.")
    @SuppressWarnings("UnusedVariable") // Without an assignee there is none.
    private boolean nobody;
  }

  @Override
  public Integer call() throws SQLException {
    String said = who.assignee == null ? "assigned to nobody" : "assigned to " + who.assignee;
    return change.call("assign_error", said, Collections.singletonMap("p_assignee", who.assignee));
  }
}
