package dev.howdah.cli;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of a result: an object for programs, cells for people.
 *
 * @param values by column, in the order of the query; columns that are null are left out
 */
record Row(Map<String, Object> values) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssX").withZone(ZoneOffset.UTC);

  /** How many of a fingerprint's 35 characters people see: enough to give it back. */
  private static final int SHORT_FINGERPRINT = 15;

  private static final int FULL_FINGERPRINT = 35;

  static Row of(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      Object value = value(result, i, columns);
      if (value != null) {
        values.put(columns.getColumnLabel(i), value);
      }
    }
    return new Row(values);
  }

  private static @Nullable Object value(ResultSet result, int column, ResultSetMetaData columns)
      throws SQLException {
    if (result.getObject(column) == null) {
      return null;
    }
    return switch (columns.getColumnType(column)) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> result.getLong(column);
      case Types.NUMERIC -> result.getObject(column, BigDecimal.class);
      case Types.BIT, Types.BOOLEAN -> result.getBoolean(column);
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          result.getObject(column, OffsetDateTime.class).toInstant();
      default ->
          columns.getColumnTypeName(column).startsWith("json")
              ? json(result.getString(column))
              : result.getString(column);
    };
  }

  private static Object json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return text; // Deeper or longer than Jackson reads; better as a text than not at all.
    }
  }

  /** The row with one more value, such as rows that belong to it. */
  Row with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Row(more);
  }

  /** A column that is not null. */
  String text(String column) {
    return Objects.requireNonNull(values.get(column), column).toString();
  }

  /** A column that is not null and a number. */
  long number(String column) {
    return ((Number) Objects.requireNonNull(values.get(column), column)).longValue();
  }

  /** A column that is not null and a time. */
  Instant time(String column) {
    return (Instant) Objects.requireNonNull(values.get(column), column);
  }

  boolean has(String column) {
    return values.containsKey(column);
  }

  /** One JSON object, without line breaks. */
  String json() {
    return JSON.writeValueAsString(values);
  }

  /** Columns as a {@link Table} has them. */
  List<Object> cells(String... columns) {
    return Arrays.stream(columns).map(this::cell).toList();
  }

  /** A column as people like to read it, in one line. */
  Object cell(String column) {
    Object value = values.get(column);
    if (value == null) {
      return "-";
    }
    if (value instanceof Instant time) {
      return SECONDS.format(time);
    }
    return switch (column) {
      case "level" -> Painted.level(value.toString());
      case "status" -> Painted.status(value.toString());
      case "fingerprint", "into" -> Printable.line(shortened(value.toString()));
      default -> value instanceof String text ? Printable.line(text) : value;
    };
  }

  /** Names that an application gave stay whole. */
  private static String shortened(String fingerprint) {
    return fingerprint.startsWith("v1:") && fingerprint.length() == FULL_FINGERPRINT
        ? fingerprint.substring(0, SHORT_FINGERPRINT)
        : fingerprint;
  }
}
