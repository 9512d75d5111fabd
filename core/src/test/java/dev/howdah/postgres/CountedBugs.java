package dev.howdah.postgres;

import dev.howdah.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Errors as instances write them, without the rows of their occurrences: groups and counts. */
record CountedBugs(TestDatabase db) {

  void install() throws SQLException {
    db.execute("DROP SCHEMA IF EXISTS monitoring CASCADE");
    try (Connection connection = db.connect()) {
      new Migrator("monitoring").migrate(connection);
    }
  }

  /** An instance that started so many minutes ago. */
  void register(long instance, String service, @Nullable String release, int minutes) {
    db.execute(
        "SELECT monitoring.register_instance(%d, '%s', 'production', %s, 'host', 1, now() - interval '%d minutes', 0)"
            .formatted(instance, service, release == null ? "NULL" : "'" + release + "'", minutes));
  }

  /** So many occurrences now, of a bug whose group has the number. */
  void happens(long instance, int group, int occurrences) {
    db.execute(recordErrors(instance, List.of(group), id -> occurrences));
  }

  /** Each of these groups, and so many occurrences of each. */
  static String recordErrors(long instance, List<Integer> groups, IntUnaryOperator count) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return "SELECT monitoring.record_errors(%d, '{\"groups\": [%s], \"counts\": [%s]}')"
        .formatted(
            instance,
            groups.stream().map(id -> group(id, now)).collect(Collectors.joining(",")),
            groups.stream()
                .map(id -> count(id, count.applyAsInt(id), now))
                .collect(Collectors.joining(",")));
  }

  private static String group(int id, long now) {
    return """
        {"id": %1$d, "fingerprint": "bug-%1$d", "type": "java.lang.Error", "title": "no stock",
         "culprit": "Shop.buy", "level": "ERROR", "logger": "com.acme.Shop", "at": %2$d}"""
        .formatted(id, now);
  }

  private static String count(int id, int occurrences, long now) {
    return "{\"id\": %d, \"n\": %d, \"first\": %3$d, \"last\": %3$d}"
        .formatted(id, occurrences, now);
  }

  /** Groups counted, regressions, awakened, skipped. */
  List<@Nullable String> fold() {
    return db.query(
            "SELECT groups_counted, regressions, awakened, skipped FROM monitoring.fold_errors()")
        .get(0);
  }
}
