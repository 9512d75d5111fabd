package dev.howdah.cache;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Locks on keys which one instance of the application holds against the others: advisory locks of a
 * session. All of a JVM share one session, so that any number of computations under way takes one
 * connection of the pool, and cannot use it up. When the JVM or the connection dies the server
 * releases them at once.
 *
 * <p>One session may lock a key twice: that two threads of this JVM don't, {@link SingleFlight}
 * sees to. The connection goes back to the pool with the last lock. Thread-safe.
 */
final class KeyLocks {

  private static final String TRY = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";

  private final DataSource sessions;
  private final String namespace;
  private final ReentrantLock guard = new ReentrantLock();
  private @Nullable Connection session;
  private int held;

  /**
   * @param sessions gives connections that keep their session, not those of a pooler which changes
   *     it with each transaction
   * @param schema of the cache, so that another cache's keys are others
   */
  KeyLocks(DataSource sessions, String schema) {
    this.sessions = sessions;
    this.namespace = "howdah:cache:" + schema + ":";
  }

  /** A lock that is held; to be released once. */
  final class Held {
    private final Connection on;
    private final String name;

    private Held(Connection on, String name) {
      this.on = on;
      this.name = name;
    }

    /** Also where the session has died meanwhile, and the lock with it. */
    void release() {
      guard.lock();
      try {
        if (on == session) {
          call(on, UNLOCK, name);
          held--;
          giveBackIfUnused();
        }
      } catch (SQLException e) {
        abandon();
      } finally {
        guard.unlock();
      }
    }
  }

  /** The lock; null when another instance has it. Does not wait for it. */
  @Nullable Held tryLock(String key) throws SQLException {
    String name = namespace + key;
    guard.lock();
    try {
      Connection on = session();
      if (!call(on, TRY, name)) {
        giveBackIfUnused();
        return null;
      }
      held++;
      return new Held(on, name);
    } catch (SQLException e) {
      abandon();
      throw e;
    } finally {
      guard.unlock();
    }
  }

  private Connection session() throws SQLException {
    if (session == null) {
      session = sessions.getConnection();
      session.setAutoCommit(true);
    }
    return session;
  }

  private static boolean call(Connection on, String sql, String name) throws SQLException {
    try (PreparedStatement statement = on.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private void giveBackIfUnused() throws SQLException {
    Connection unused = session;
    if (held == 0 && unused != null) {
      session = null;
      unused.close();
    }
  }

  /** After a failure: the session's locks are gone, or go now. */
  private void abandon() {
    Connection failed = session;
    session = null;
    held = 0;
    if (failed != null) {
      // Through the pool's own object, so that it sees a broken connection and throws it away.
      try (Connection last = failed;
          Statement statement = last.createStatement()) {
        statement.execute("SELECT pg_advisory_unlock_all()");
      } catch (SQLException e) {
        // It is broken, and its locks went with it.
      }
    }
  }
}
