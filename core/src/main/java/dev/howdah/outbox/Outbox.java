package dev.howdah.outbox;

import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationRules;
import dev.howdah.notify.Reason;
import dev.howdah.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the database has to be sent, and what becomes of it. Each call is a transaction of its own,
 * so that none is open while something is sent. Thread-safe.
 */
final class Outbox {

  private final Database database;
  private final String service;
  private final @Nullable String environment;
  private final String register;
  private final String claim;
  private final String sent;
  private final String failed;

  /**
   * @param database where it is
   * @param service whose channels
   * @param environment where that runs; null: not said
   */
  Outbox(Database database, String service, @Nullable String environment) {
    this.database = database;
    this.service = service;
    this.environment = environment;
    String schema = database.quotedSchema();
    register = "SELECT " + schema + ".register_channel(?, ?, ?, ?, ?, ?::jsonb)";
    claim =
        "SELECT notification_id, attempt, reason, dedupe_key, created_at, group_id, facts, message,"
            + " context, trace_id, host, stack_trace FROM "
            + schema
            + ".claim_notification(?, make_interval(secs => ?))";
    sent = "SELECT " + schema + ".notification_sent(?, ?)";
    failed = "SELECT " + schema + ".notification_failed(?, ?, ?, make_interval(secs => ?))";
  }

  /** Says that this instance has a channel; gives its key. */
  UUID register(NotificationChannel channel) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(register)) {
      statement.setString(1, service);
      statement.setString(2, environment);
      statement.setString(3, channel.name());
      statement.setString(4, channel.notifier().kind());
      statement.setBoolean(5, channel.notifier().followsUp());
      statement.setString(6, JsonMapper.shared().writeValueAsString(columns(channel.rules())));
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getObject(1, UUID.class);
      }
    }
  }

  private Map<String, @Nullable Object> columns(NotificationRules rules) {
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put("notify_on", rules.notifyOnOccurrence());
    columns.put("every", rules.every());
    columns.put("regressions", rules.regressions());
    columns.put("spike_factor", rules.spikeFactor());
    columns.put("spike_floor", rules.spikeFloor());
    columns.put("error_rate", rules.errorRate());
    columns.put("level", rules.level().name());
    columns.put("services", rules.services().isEmpty() ? new String[] {service} : rules.services());
    columns.put(
        "environments",
        rules.environments().isEmpty()
            ? new String[] {environment == null ? "" : environment}
            : rules.environments());
    columns.put("exception_types", rules.exceptionTypes());
    columns.put("loggers", rules.loggers());
    columns.put("quiet_from", text(rules.quietFrom()));
    columns.put("quiet_until", text(rules.quietUntil()));
    columns.put("time_zone", rules.zone().getId());
    columns.put("max_per_hour", rules.maxPerHour());
    columns.put("give_up_after", rules.giveUpAfter().toSeconds() + " s");
    return columns;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /**
   * Takes the next message in hand.
   *
   * @param channel key of its channel
   * @param lease for how long; after that another instance may take it
   * @return the message; null when there is none to be sent now
   */
  @Nullable Message claim(UUID channel, Duration lease) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(claim)) {
      statement.setObject(1, channel);
      statement.setDouble(2, lease.toMillis() / 1000.0);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? message(row) : null;
      }
    }
  }

  private static Message message(ResultSet row) throws SQLException {
    return new Message(
        row.getLong("notification_id"),
        row.getInt("attempt"),
        Reason.ofCode(row.getString("reason")),
        row.getString("dedupe_key"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("group_id"),
        JsonMapper.shared().readTree(row.getString("facts")),
        occurrence(row));
  }

  private static Message.@Nullable Occurrence occurrence(ResultSet row) throws SQLException {
    String stackTrace = row.getString("stack_trace");
    if (stackTrace == null) {
      return null;
    }
    String context = row.getString("context");
    return new Message.Occurrence(
        row.getString("message"),
        JsonMapper.shared().readTree(context == null ? "{}" : context),
        row.getString("trace_id"),
        row.getString("host"),
        stackTrace);
  }

  /** Says that the receiver has taken a message. */
  void sent(Message message) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sent)) {
      statement.setLong(1, message.id());
      statement.setInt(2, message.attempt());
      statement.execute();
    }
  }

  /**
   * Says that a message was not taken.
   *
   * @param message which
   * @param detail why; without secrets
   * @param retryIn when to try again; null: never
   * @return whether it is given up
   */
  boolean failed(Message message, String detail, @Nullable Duration retryIn) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(failed)) {
      statement.setLong(1, message.id());
      statement.setInt(2, message.attempt());
      statement.setString(3, detail);
      statement.setObject(4, retryIn == null ? null : retryIn.toMillis() / 1000.0);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  /** What a failure means, in one sentence. */
  String explain(SQLException e) {
    return database.explain(e);
  }

  private Connection connect() throws SQLException {
    Connection connection = database.connect();
    connection.setAutoCommit(true);
    return connection;
  }
}
