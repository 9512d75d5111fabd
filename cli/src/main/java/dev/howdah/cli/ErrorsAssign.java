package dev.howdah.cli;

import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Somebody looks after a bug. */
@Command(
    name = "assign",
    description = "Says who looks after an error.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {Change.DONE, Change.REFUSED, Change.WRONG})
final class ErrorsAssign implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Change change;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ASSIGNEE",
      description = "Who looks after it, such as a mail address.")
  private @Nullable String assignee;

  @Option(names = "--nobody", description = "Nobody looks after it any more.")
  private boolean nobody;

  @Override
  public Integer call() throws SQLException {
    if ((assignee == null) != nobody) {
      throw new ParameterException(spec.commandLine(), "either ASSIGNEE or --nobody must be given");
    }
    return change.call(
        "assign_error",
        "assigned to " + (assignee == null ? "nobody" : assignee),
        Collections.singletonMap("p_assignee", assignee));
  }
}
