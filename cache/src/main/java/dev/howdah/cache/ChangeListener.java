package dev.howdah.cache;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears on a connection of its own which entries have changed, and tells the copies in memory.
 * While it has no connection it tells them so, and tries again.
 */
final class ChangeListener implements AutoCloseable {

  private static final long RETRY_MILLIS = 500;

  /** How long it waits at once; only the socket is asked, not the server. */
  private static final int WAIT_MILLIS = 100;

  private final DataSource sessions;
  private final String schema;
  private final int heartbeatMillis;
  private final NearCache near;
  private final Thread thread = new Thread(this::run, "howdah-cache-listener");
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

  /** Waits a moment, so that the connection is back in the pool. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(10 * WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    while (!closed) {
      try (Connection session = sessions.getConnection()) {
        listen(session);
      } catch (SQLException | RuntimeException e) {
        // Copies are a matter of speed: for a while there are none.
      } finally {
        near.stopListening();
      }
      pause();
    }
  }

  private void listen(Connection session) throws SQLException {
    session.setAutoCommit(true);
    session.setNetworkTimeout(Runnable::run, heartbeatMillis);
    try (Statement statement = session.createStatement()) {
      try {
        statement.execute("LISTEN " + SqlTemplate.quoted(schema));
        near.startListening();
        hear(session.unwrap(PGConnection.class), statement);
      } finally {
        near.stopListening();
        // Through the pool's own object, so that it sees a broken connection and throws it away.
        statement.execute("UNLISTEN *");
      }
    }
  }

  private void hear(PGConnection notifications, Statement statement) throws SQLException {
    long lastSign = System.nanoTime();
    while (!closed) {
      PGNotification[] heard = notifications.getNotifications(WAIT_MILLIS);
      if (heard != null && heard.length > 0) {
        for (PGNotification notification : heard) {
          forget(notification.getParameter());
        }
        lastSign = System.nanoTime();
      } else if (System.nanoTime() - lastSign >= TimeUnit.MILLISECONDS.toNanos(heartbeatMillis)) {
        statement.execute("SELECT 1");
        lastSign = System.nanoTime();
      }
    }
  }

  private void forget(String keys) {
    try {
      for (String key : JsonMapper.shared().readValue(keys, String[].class)) {
        near.forget(key);
      }
    } catch (JacksonException e) {
      // "*", where there were too many keys to name; or somebody else uses the channel.
      near.forgetAll();
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
}
