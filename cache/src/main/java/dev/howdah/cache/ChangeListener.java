package dev.howdah.cache;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears on a connection of its own which entries have changed, and tells the copies in memory.
 * While it has no connection it tells them so, and tries again.
 */
final class ChangeListener implements AutoCloseable {

  private static final long RETRY_MILLIS = 500;

  /** What {@code notify_changed} sends when any entry may have changed. */
  private static final String ALL = "*";

  private final DataSource sessions;
  private final String schema;
  private final int heartbeatMillis;
  private final NearCache near;
  private final Thread thread = new Thread(this::run, "howdah-cache-listener");
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  ChangeListener(DataSource sessions, String schema, Duration heartbeat, NearCache near) {
    this.sessions = sessions;
    this.schema = schema;
    this.heartbeatMillis = (int) heartbeat.toMillis();
    this.near = near;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    abort(connection);
  }

  private void run() {
    while (!closed) {
      try (Connection session = sessions.getConnection()) {
        connection = session;
        listen(session);
      } catch (SQLException e) {
        // Copies are a matter of speed: there are none for a while, and stats() shows it.
      } finally {
        connection = null;
        near.stopListening();
      }
      pause();
    }
  }

  private void listen(Connection session) throws SQLException {
    session.setAutoCommit(true);
    session.setNetworkTimeout(Runnable::run, heartbeatMillis);
    PGConnection notifications = session.unwrap(PGConnection.class);
    try (Statement statement = session.createStatement()) {
      statement.execute("LISTEN " + SqlTemplate.quoted(schema));
      near.startListening();
      while (!closed) {
        PGNotification[] heard = notifications.getNotifications(heartbeatMillis);
        if (heard == null || heard.length == 0) {
          statement.execute("SELECT 1");
        } else {
          for (PGNotification notification : heard) {
            forget(notification.getParameter());
          }
        }
      }
    } finally {
      // It must not go back to the pool: it listens.
      abort(session);
    }
  }

  private void forget(String keys) {
    if (keys.equals(ALL)) {
      near.forgetAll();
    } else {
      for (String key : JsonMapper.shared().readValue(keys, String[].class)) {
        near.forget(key);
      }
    }
  }

  private void pause() {
    try {
      if (!closed) {
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      }
    } catch (InterruptedException e) {
      // close() was called.
    }
  }

  private static void abort(@Nullable Connection session) {
    if (session != null) {
      try {
        session.abort(Runnable::run);
      } catch (SQLException e) {
        // It is gone.
      }
    }
  }
}
