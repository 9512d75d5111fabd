package dev.howdah.cli;

import dev.howdah.postgres.Migrator;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the schema, or brings it up to date. */
@Command(
    name = "migrate",
    description = "Makes the schema, or brings it up to date, in one transaction.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the schema is up to date",
      "1:it could not be brought up to date; with --dry-run: something is missing",
      "2:the command line is wrong"
    })
final class MigrateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private Output output;

  @Option(names = "--dry-run", description = "Only lists what is missing.")
  private boolean dryRun;

  @Override
  public Integer call() throws SQLException {
    try (Monitoring db = connection.open(spec)) {
      Migrator migrator = new Migrator(db.schema());
      List<String> names =
          dryRun ? migrator.pending(db.connection()) : migrator.migrate(db.connection());
      names.forEach(name -> print(dryRun ? "missing" : "installed", name));
      if (names.isEmpty() && !output.isJson()) {
        out().println("the schema " + db.schema() + " is up to date");
      }
      return dryRun && !names.isEmpty() ? 1 : 0;
    }
  }

  private void print(String what, String name) {
    if (output.isJson()) {
      output.printJson(new Row(Map.of(what, name)));
    } else {
      out().println(what + " " + name);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
