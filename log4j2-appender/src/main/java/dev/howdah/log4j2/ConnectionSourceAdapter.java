package dev.howdah.log4j2;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.logging.log4j.core.appender.db.jdbc.AbstractDriverManagerConnectionSource;
import org.apache.logging.log4j.core.appender.db.jdbc.ConnectionSource;
import org.jspecify.annotations.Nullable;

/** Makes a DataSource of what Log4j2's JDBC appender takes its connections from. */
record ConnectionSourceAdapter(ConnectionSource source) implements DataSource {

  /** Tells two sources apart; may hold a password. */
  static String identity(@Nullable ConnectionSource source) {
    if (source instanceof AbstractDriverManagerConnectionSource driver) {
      // Its toString() is the url alone.
      return String.join(
          "\n",
          driver.getConnectionString(),
          text(driver.getUserName()),
          text(driver.getPassword()),
          Arrays.toString(driver.getProperties()));
    }
    return String.valueOf(source);
  }

  private static String text(char @Nullable [] chars) {
    return chars == null ? "" : String.valueOf(chars);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return source.getConnection();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the connection source has its own user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is no log writer");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the connection source has its own time-outs");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("there is no parent logger");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
