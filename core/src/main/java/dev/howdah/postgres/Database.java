package dev.howdah.postgres;

import dev.howdah.event.ProblemReporter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a database that is ready: schema there, partitions made ahead, this instance
 * registered. The preparation happens with the first connection that can be had, and again after an
 * error that shows it to be needed.
 *
 * <p>Thread-safe.
 */
public final class Database {

  /** States that say: schema, function, table or our own row is not there. */
  private static final Set<String> NOT_PREPARED =
      Set.of("HW001", "3F000", "42P01", "42883", "42704");

  /**
   * What to prepare.
   *
   * @param schema name of the schema
   * @param autoMigrate whether to make or upgrade the schema
   * @param maintain whether to make and drop partitions
   * @param logRetention age at which log partitions are dropped
   * @param errorRetention age at which error partitions are dropped
   * @param partitionsAhead days for which partitions are made ahead
   * @param lockTimeout longest wait for a lock, such as an older transaction's, in milliseconds
   * @param silence after which the server gives up a transaction whose client is silent, in
   *     milliseconds
   */
  public record Options(
      String schema,
      boolean autoMigrate,
      boolean maintain,
      Duration logRetention,
      Duration errorRetention,
      int partitionsAhead,
      long lockTimeout,
      long silence) {}

  private final Options options;
  private final Instance instance;
  private final Supplier<DataSource> source;
  private final ProblemReporter problems;
  private final WriterSql sql;
  private @Nullable DataSource dataSource;
  private volatile boolean ready;
  private volatile String sessionSettings = "";

  /**
   * @param options what to prepare
   * @param instance who writes
   * @param source makes or finds the DataSource, on our own thread; one that is AutoCloseable and
   *     ours is closed by {@link #close}
   * @param problems told of what goes wrong
   */
  public Database(
      Options options, Instance instance, Supplier<DataSource> source, ProblemReporter problems) {
    this.options = options;
    this.instance = instance;
    this.source = source;
    this.problems = problems;
    sql = WriterSql.in(options.schema());
  }

  /**
   * Gives a connection; the caller closes it.
   *
   * @return a connection to a prepared database
   * @throws SQLException when the database is away or cannot be prepared
   */
  public Connection connect() throws SQLException {
    Connection connection = dataSource().getConnection();
    try {
      if (!ready) {
        prepare(connection);
        ready = true;
      }
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /**
   * Makes and drops partitions.
   *
   * @throws SQLException when the database is away, or refuses
   */
  public void maintain() throws SQLException {
    try (Connection connection = connect()) {
      // An application's own DataSource may hand out connections that don't commit by themselves.
      connection.setAutoCommit(true);
      maintain(connection);
    }
  }

  /** Adds what was counted of errors to their groups. */
  Folded fold() throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql.fold())) {
        result.next();
        return new Folded(result.getBoolean(1), result.getInt(2));
      }
    }
  }

  /**
   * Looks at a failure: some of them say that the database must be prepared anew.
   *
   * @param e what a statement threw
   * @return whether it is one of them: what the database was told before may be gone
   */
  public boolean distrust(SQLException e) {
    boolean unprepared = NOT_PREPARED.contains(String.valueOf(e.getSQLState()));
    if (unprepared) {
      ready = false;
    }
    return unprepared;
  }

  /**
   * Says what a failure means to the person who set Howdah up.
   *
   * @param e what the database said
   * @return one sentence that names the setting to look at
   */
  public String explain(SQLException e) {
    SQLException said = driversOwn(e);
    String state = String.valueOf(said.getSQLState());
    return meaning(e, state)
        + " (SQLState "
        + state
        + ": "
        + said.getMessage()
        + rootCause(said)
        + ")";
  }

  private String meaning(SQLException e, String state) {
    return switch (state) {
      case "28P01", "28000" ->
          "the server refused the login: check the settings 'username' and 'password'";
      case "3D000" -> "there is no such database: " + where("it must name one that exists");
      case "25006" ->
          "the server is read-only, as a standby is; events are kept and tried again: "
              + where("it must lead to the primary, such as by targetServerType=primary");
      case "42501" ->
          "rights are missing in schema '"
              + options.schema()
              + "': grant the role howdah_writer to the user, and set autoMigrate=false where"
              + " it may not create";
      case "3F000", "42P01", "42883" ->
          "the schema '"
              + options.schema()
              + "' is not installed, or a part of it was dropped: run install.sql, or set"
              + " autoMigrate=true";
      case "HW001" -> "this instance's row in the table instances was deleted; it is made again";
      case "40001", "40P01" ->
          "the transaction was broken off in favour of another; it is tried again";
      case "53100" -> "the server's disk is full; events are kept and tried again: make room there";
      case "53300" ->
          "the server has no connection to spare; events are kept and tried again: raise its"
              + " max_connections, or the CONNECTION LIMIT of the user or the database";
      case "55P03" ->
          "a lock could not be had within setting 'lockTimeout'; events are kept and tried again:"
              + " look for a long transaction in pg_stat_activity";
      case "57014" ->
          "the server cancelled a statement; events are kept and tried again: the user's or the"
              + " database's statement_timeout may be too short";
      case "57P03" ->
          "the server starts, stops or recovers; events are kept and tried again: wait for it";
      default ->
          isWithoutConnection(e, state)
              ? "PostgreSQL can't be reached; events are kept and tried again: "
                  + where("its host, port and TLS parameters must fit a server that runs")
              : "PostgreSQL is away or not ready; events are kept and tried again";
    };
  }

  /** The driver could not connect, or a pool gave up waiting for that: there is no session yet. */
  private static boolean isWithoutConnection(SQLException e, String state) {
    return state.equals("08001")
        || (e instanceof SQLTransientConnectionException
            && (state.startsWith("08") || state.equals("null")));
  }

  /** A pool says only that it waited in vain; what the driver had said is the cause. */
  private static SQLException driversOwn(SQLException e) {
    SQLException deepest = e;
    while (deepest.getCause() instanceof SQLException cause) {
      deepest = cause;
    }
    return deepest;
  }

  /** Such as the name of the host that nobody knows, which the driver leaves out. */
  private static String rootCause(SQLException said) {
    Throwable root = said;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == said ? "" : ": " + root;
  }

  private String where(String requirement) {
    return dataSource instanceof OwnPool pool
        ? "setting 'url' has the value '" + pool.shownUrl() + "': " + requirement
        : "check the application's own DataSource";
  }

  /** Closes the pool, where it is ours. */
  public void close() {
    DataSource known = dataSource;
    if (known instanceof OwnPool pool) {
      pool.close();
    }
  }

  /** {@return the schema's name as it stands in SQL} */
  public String quotedSchema() {
    return SqlNames.quoted(options.schema());
  }

  WriterSql sql() {
    return sql;
  }

  /** Statements to be run first in each transaction. */
  String sessionSettings() {
    return sessionSettings;
  }

  long instanceId() {
    return instance.id();
  }

  /** So that what goes to the journal in an outage tells the machine's name. */
  void lookUpHost() {
    instance.host().lookUp();
  }

  private synchronized DataSource dataSource() throws SQLException {
    DataSource known = dataSource;
    if (known == null) {
      try {
        known = source.get();
      } catch (RuntimeException e) {
        throw new SQLException("no DataSource: " + e.getMessage(), "08001", e);
      }
      dataSource = known;
    }
    return known;
  }

  private void prepare(Connection connection) throws SQLException {
    if (options.autoMigrate()) {
      new Migrator(options.schema()).migrate(connection);
    }
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(true);
    sessionSettings =
        SessionSettings.supportedBy(connection, options.lockTimeout(), options.silence());
    // First what nothing works without: a schema that is missing is told once, and not by both.
    register(instance, connection);
    if (options.maintain()) {
      try {
        maintain(connection);
      } catch (SQLException e) {
        // The default partition takes the rows until it works.
        problems.problem("partitions could not be maintained: " + explain(e), e);
      }
    }
    connection.setAutoCommit(autoCommit);
  }

  private void maintain(Connection connection) throws SQLException {
    Maintenance.run(
        connection,
        options.schema(),
        options.logRetention(),
        options.errorRetention(),
        options.partitionsAhead());
  }

  /** Whether it says that an instance has no row yet. */
  static boolean isUnregistered(SQLException e) {
    return "HW001".equals(e.getSQLState());
  }

  /** Makes the row of an instance that started before this one, unless it is there. */
  void register(Instance former) throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(true);
      register(former, connection);
    }
  }

  private void register(Instance instance, Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.register())) {
      statement.setLong(1, instance.id());
      statement.setString(2, instance.service());
      statement.setString(3, instance.environment());
      statement.setString(4, instance.release());
      statement.setString(5, instance.host().lookUp());
      statement.setLong(6, instance.pid());
      statement.setTimestamp(7, Timestamp.from(instance.startedAt()));
      statement.execute();
    }
  }
}
