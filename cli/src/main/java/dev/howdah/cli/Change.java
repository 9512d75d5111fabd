package dev.howdah.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What all commands have that decide about an error, by one of the schema's functions. */
final class Change {

  static final String DONE = "0:done";
  static final String REFUSED = "1:there is no such error, or the database is away or refuses";
  static final String WRONG =
      "2:the command line is wrong, or the fingerprint is the beginning of several";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConnectionOptions connection;
  @Mixin private Scope scope;
  @Mixin private Output output;

  @Parameters(
      index = "0",
      paramLabel = "FINGERPRINT",
      description = "The error, or 6 and more characters of it.")
  private String fingerprint;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who decides, for the history. Default: you, ${DEFAULT-VALUE}.")
  private String by;

  /**
   * Decides.
   *
   * @param function of the schema, such as {@code resolve_error}
   * @param done what to say of each issue, such as {@code resolved}
   * @param parameters of the function, beside those that all have
   */
  int call(String function, String done, Map<String, ? extends @Nullable Object> parameters)
      throws SQLException {
    try (Monitoring db = connection.open(spec)) {
      return call(db, function, done, parameters);
    }
  }

  /** The same with another fingerprint as a parameter. */
  int callWithOther(String function, String done, String parameter, String other)
      throws SQLException {
    try (Monitoring db = connection.open(spec)) {
      String whole = FingerprintArgument.whole(db, spec, other, scope);
      return call(db, function, done, Map.of(parameter, whole));
    }
  }

  private int call(
      Monitoring db,
      String function,
      String done,
      Map<String, ? extends @Nullable Object> parameters)
      throws SQLException {
    String whole = FingerprintArgument.whole(db, spec, fingerprint, scope);
    Map<String, @Nullable Object> all = new LinkedHashMap<>(parameters);
    all.put("p_fingerprint", whole);
    all.put("p_service", scope.service());
    all.put("p_environment", scope.environment());
    all.put("p_by", by);
    String arguments =
        all.keySet().stream().map(name -> name + " => ?").collect(Collectors.joining(", "));
    List<Row> changed =
        db.query(
            "SELECT monitoring." + function + "(" + arguments + ") AS issues",
            new ArrayList<>(all.values()).toArray());
    tell(changed.get(0).number("issues"), done, Issues.of(db, whole, scope));
    return 0;
  }

  private void tell(long changed, String done, List<Row> issues) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      issues.forEach(output::printJson);
    } else if (changed == 0) {
      out.println("nothing to change");
    } else {
      for (Row issue : issues) {
        out.println(
            "%s: %s, %s in %s"
                .formatted(done, issue.cell("fingerprint"), issue.cell("title"), place(issue)));
      }
    }
  }

  private static String place(Row issue) {
    String service = issue.cell("service").toString();
    return issue.has("environment") ? service + ", " + issue.cell("environment") : service;
  }
}
