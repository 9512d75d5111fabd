package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs a block's statements in one transaction that is rolled back, so that roles and DROPs leave
 * nothing behind. Every query must find something: one that can't has a wrong name in it.
 */
final class SqlSnippet {

  private final TestDatabase db;

  SqlSnippet(TestDatabase db) {
    this.db = db;
  }

  void run(Snippet snippet) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      boolean isResult = statement.execute(snippet.text());
      while (isResult || statement.getUpdateCount() != -1) {
        if (isResult) {
          try (ResultSet rows = statement.getResultSet()) {
            assertThat(rows.next()).as("rows of a query in\n%s", snippet.text()).isTrue();
          }
        }
        isResult = statement.getMoreResults();
      }
      connection.rollback();
    }
  }
}
