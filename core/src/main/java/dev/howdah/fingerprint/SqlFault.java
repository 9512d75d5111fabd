package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a database says went wrong, by SQLState, and whether that is the fault of one statement or
 * of the server.
 *
 * <p>An outage is worded anew by each layer and hits every caller, so all its states are one fault:
 * class 08, PostgreSQL's 57P01 to 57P03 (the server stops, crashed, or is not there yet), and
 * JDBC's types for a connection. A server that is full, misconfigured or refuses the login likewise
 * fails every caller: one fault for each state. Any other state says what a statement did.
 *
 * <p>Text has no SQLState, so it is told from the words of PostgreSQL's server (in English),
 * pgjdbc, Connector/J and those that print it.
 *
 * @param state the SQLState, or {@code 08} for an outage of any kind
 * @param serverWide true when whoever asks meets it, so that callers don't count
 */
record SqlFault(String state, boolean serverWide) {

  private static final String OUTAGE = "08";

  private static final Set<String> OUTAGE_STATES = Set.of("57P01", "57P02", "57P03");
  private static final Set<String> OUTAGE_TYPES =
      Set.of(
          "SQLTransientConnectionException",
          "SQLNonTransientConnectionException",
          "CommunicationsException",
          "JDBCConnectionException");

  /** Invalid login, no such database, too few resources, a fault of the server's system. */
  private static final Set<String> SERVER_CLASSES = Set.of("28", "3D", "53", "58");

  private static final String R2DBC = "io.r2dbc.";
  private static final Pattern STATE = Pattern.compile("[0-9A-Z]{5}");
  private static final Pattern PRINTED =
      Pattern.compile(
          "(?:\\b(?i:SQL[ _]?State)\\b[\\s:=\\[(']{1,4}|: \\[)((?=[A-Z]{0,4}[0-9])[0-9A-Z]{5})\\b");

  /** Longer texts are only searched so far. */
  private static final int SEARCHED = 2000;

  /** The first that fits decides. */
  private static final List<Words> WORDS =
      List.of(
          words("22001", "value too long for type"),
          words("22003", "\\bout of range\\b"),
          words("22012", "division by zero"),
          words("22P02", "invalid input syntax for|invalid input value for enum"),
          words("23502", "null value in column"),
          words("23503", "violates foreign key constraint"),
          words("23505", "duplicate key value violates unique constraint|Duplicate entry '"),
          words("23514", "violates check constraint"),
          words("23P01", "violates exclusion constraint"),
          words("25006", "in a read-only transaction"),
          words("25P02", "current transaction is aborted"),
          words("28P01", "password authentication failed"),
          words("28000", "FATAL: (?:no pg_hba\\.conf entry|role \"[^\"]{1,63}\" does not exist)"),
          words("3D000", "database \"[^\"]{1,63}\" does not exist"),
          words("40001", "could not serialize access"),
          words("40P01", "deadlock detected"),
          words("42501", "permission denied for"),
          words("42601", "syntax error at"),
          words("42703", "column \\S{1,130} (?:of relation \\S{1,130} )?does not exist"),
          words("42883", "(?:function|operator) .{1,500} does not exist"),
          words("42P01", "relation \"[^\"]{1,130}\" does not exist"),
          words("53100", "No space left on device"),
          words("53200", "out of memory|out of shared memory"),
          words("53300", "too many clients already|remaining connection slots are reserved"),
          words("55P03", "could not obtain lock|canceling statement due to lock timeout"),
          words(
              "57014",
              "canceling statement due to (?:statement timeout|user request|conflict with recovery)"),
          words(
              OUTAGE,
              "Connection to \\S{1,300} refused|Cannot connect to |The connection attempt failed"
                  + "|This connection has been closed"
                  + "|An I/O error occurred while sending to the backend"
                  + "|Communications link failure|No operations allowed after connection closed"
                  + "|terminating connection (?:due to|because)"
                  + "|the database system is (?:starting up|shutting down|in recovery mode)"
                  + "|the database system is not (?:yet )?accepting connections"
                  + "|server closed the connection unexpectedly"));

  private record Words(String state, Pattern pattern) {}

  private static Words words(String state, String pattern) {
    return new Words(state, Pattern.compile(pattern));
  }

  /** As it counts, and as it is shown. */
  String text() {
    return "SQLState " + state;
  }

  /**
   * What a throwable says of a database.
   *
   * @return null when it says nothing
   */
  static @Nullable SqlFault of(ThrowableInfo throwable) {
    String className = throwable.className();
    String type = className.substring(className.lastIndexOf('.') + 1);
    if (OUTAGE_TYPES.contains(type)) {
      return new SqlFault(OUTAGE, true);
    }
    String state = throwable.sqlState();
    if (state == null && (type.contains("SQL") || className.startsWith(R2DBC))) {
      state = told(throwable.description());
    }
    return state == null ? null : ofState(state.strip().toUpperCase(Locale.ROOT));
  }

  private static @Nullable SqlFault ofState(String state) {
    if (state.startsWith(OUTAGE) || OUTAGE_STATES.contains(state)) {
      return new SqlFault(OUTAGE, true);
    }
    return STATE.matcher(state).matches()
        ? new SqlFault(state, SERVER_CLASSES.contains(state.substring(0, 2)))
        : null;
  }

  private static @Nullable String told(String description) {
    String text =
        description.length() <= SEARCHED ? description : description.substring(0, SEARCHED);
    var printed = PRINTED.matcher(text);
    if (printed.find()) {
      return printed.group(1);
    }
    for (Words words : WORDS) {
      if (words.pattern().matcher(text).find()) {
        return words.state();
      }
    }
    return null;
  }
}
