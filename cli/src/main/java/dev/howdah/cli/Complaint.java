package dev.howdah.cli;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What went wrong, in a sentence without a stack trace. */
final class Complaint {

  private Complaint() {}

  static String of(Exception e) {
    if (e instanceof SQLException failure) {
      return meaning(String.valueOf(failure.getSQLState())) + said(failure);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static String meaning(String state) {
    return switch (state) {
      case "3F000", "42P01", "42883", "42703", "42704" ->
          "the schema is not there or not up to date, run howdah migrate: ";
      case "42501" -> "the user may not do that: ";
      default -> "";
    };
  }

  private static String said(SQLException e) {
    ServerErrorMessage byServer =
        e instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
    return byServer == null
        ? saidByDriver(e)
        : byServer.getMessage() + (isOwn(e) ? hint(byServer.getHint()) : "");
  }

  private static String saidByDriver(SQLException e) {
    String message = String.valueOf(e.getMessage());
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // Such as the name of a host that nobody knows, which the driver leaves out.
    String cause = String.valueOf(root.getMessage());
    return message.contains(cause) ? message : message + " (" + cause + ")";
  }

  /** Howdah's functions give hints worth reading; PostgreSQL's are about SQL. */
  private static boolean isOwn(SQLException e) {
    return String.valueOf(e.getSQLState()).startsWith("HW");
  }

  private static String hint(@Nullable String hint) {
    return hint == null ? "" : ". " + hint;
  }
}
