package dev.howdah.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A fingerprint as a user gives it: whole, or a beginning that no other has. */
final class FingerprintArgument {

  private static final int SHORTEST = 6;
  private static final int MOST_CANDIDATES = 20;

  private FingerprintArgument() {}

  /**
   * Finds the whole of it.
   *
   * @param spec the command that asks
   * @param scope where to look
   * @throws ParameterException when the beginning is too short, or several have it
   * @throws NoSuchElementException when none has it
   */
  static String whole(Monitoring db, CommandSpec spec, String given, Scope scope)
      throws SQLException {
    List<Row> candidates = candidates(db, given, scope);
    if (candidates.stream().anyMatch(row -> row.text("fingerprint").equals(given))) {
      return given;
    }
    if (given.length() < SHORTEST) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' is no fingerprint: a beginning must have %d characters or more"
              .formatted(given, SHORTEST));
    }
    return switch (candidates.size()) {
      case 0 -> throw new NoSuchElementException("no error has the fingerprint '" + given + "'");
      case 1 -> candidates.get(0).text("fingerprint");
      default -> throw new ParameterException(spec.commandLine(), ambiguous(given, candidates));
    };
  }

  /** The whole one first, then those that begin so. */
  private static List<Row> candidates(Monitoring db, String given, Scope scope)
      throws SQLException {
    Conditions conditions = scope.to(new Conditions()).and("starts_with(fingerprint, ?)", given);
    String sql =
        """
        SELECT fingerprint, min(title) AS title
        FROM monitoring.error_groups
        %s
        GROUP BY fingerprint
        ORDER BY length(fingerprint), fingerprint
        LIMIT ?
        """
            .formatted(conditions.sql());
    return db.query(sql, conditions.values(List.of(), List.of(MOST_CANDIDATES)));
  }

  private static String ambiguous(String given, List<Row> candidates) {
    return candidates.stream()
        .map(row -> "\n  " + Printable.line(row.text("fingerprint")) + "  " + row.cell("title"))
        .collect(Collectors.joining("", "'" + given + "' is the beginning of several:", "\n"));
  }
}
