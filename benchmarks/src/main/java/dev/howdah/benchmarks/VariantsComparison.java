package dev.howdah.benchmarks;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * What columns, indexes and transactions cost when the same rows are written: COPY of what Howdah
 * wrote, as bytes that are ready, into variants of its table by turns. Each is made anew for its
 * turn. The sizes of transactions are measured on a server of their own that syncs to disk.
 */
final class VariantsComparison implements Comparison {

  static final String RATE = "rows/s";
  static final String BYTES = "bytes/row";
  static final String WAL = "WAL bytes/row";

  /**
   * How much is measured.
   *
   * @param events that are copied in a turn
   * @param rounds in which each variant has one turn, after one that is not counted
   */
  record Scale(int events, int rounds) {}

  @Override
  public String name() {
    return "variants";
  }

  @Override
  public String summary() {
    return "rows a second, bytes and WAL of other indexes, columns and transactions";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench variants" + (options.quick() ? " --quick" : "");
    return run(command, options.quick() ? new Scale(50_000, 3) : new Scale(200_000, 5));
  }

  Report run(String command, Scale scale) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    LogLines lines = LogLines.find();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put("events", Spread.number(scale.events()) + " a turn; " + lines.description());
    conditions.put("rounds", scale.rounds() + ", after one that is not counted");
    List<Variant> tables = new ArrayList<>(Variant.ofTables());
    if (hasLz4(database)) {
      tables.addAll(Variant.ofStacks());
    } else {
      conditions.put(
          "lz4", "not in this server: its row is left out (HOWDAH_TEST_URL names another)");
    }
    Samples samples = new Samples();
    measure(tables, lines, scale, database, samples);
    try (EmbeddedServer syncing = EmbeddedServer.start(Map.of("fsync", "on"))) {
      measure(Variant.ofTransactions(), lines, scale, syncing.root(), samples);
    }
    Map<String, String> yardsticks =
        Stream.concat(tables.stream(), Variant.ofTransactions().stream())
            .collect(Collectors.toMap(Variant::name, Variant::yardstick));
    return new Report(name(), conditions, samples, yardsticks::get);
  }

  private static boolean hasLz4(TestDatabase database) {
    return database.count(
            "SELECT count(*) FROM pg_settings"
                + " WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)")
        == 1;
  }

  /** Has Howdah write the rows, and copies them into each variant by turns. */
  static void measure(
      List<Variant> variants, LogLines lines, Scale scale, TestDatabase database, Samples samples)
      throws IOException, SQLException {
    try (HowdahLogback howdah = HowdahLogback.blocking(database)) {
      new LinesWithErrors(howdah, lines).write(scale.events(), 100);
    }
    Map<Variant, List<byte[]>> rows = new LinkedHashMap<>();
    try (Connection connection = database.connect()) {
      for (Variant variant : variants) {
        database.execute("CREATE SCHEMA variants; " + variant.definition());
        rows.put(variant, RawCopy.read(connection, variant.source(), variant.transactionBytes()));
        database.execute("DROP SCHEMA variants CASCADE");
      }
    }
    for (int round = 0; round <= scale.rounds(); round++) {
      Samples counted = round == 0 ? new Samples() : samples;
      for (Variant variant : variants) {
        copy(variant, rows.get(variant), database, counted);
      }
    }
  }

  private static void copy(
      Variant variant, List<byte[]> transactions, TestDatabase database, Samples samples)
      throws SQLException {
    database.execute("CREATE SCHEMA variants; " + variant.definition());
    database.execute("CHECKPOINT");
    String position = String.valueOf(database.value("SELECT pg_current_wal_insert_lsn()"));
    long written = 0;
    long start = System.nanoTime();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SET synchronous_commit TO " + (variant.synchronousCommit() ? "on" : "off"));
      for (byte[] rows : transactions) {
        CopyIn copy =
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY variants.t FROM STDIN (FORMAT binary)");
        copy.writeToCopy(rows, 0, rows.length);
        written += copy.endCopy();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    check(variant, written, database);
    samples.add(variant.name(), RATE, written / seconds);
    samples.add(
        variant.name(),
        BYTES,
        (double) database.count("SELECT pg_total_relation_size('variants.t')") / written);
    samples.add(
        variant.name(),
        WAL,
        (double)
                database.count(
                    "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '"
                        + position
                        + "')::bigint")
            / written);
    database.execute("DROP SCHEMA variants CASCADE");
  }

  private static void check(Variant variant, long written, TestDatabase database) {
    long found = database.count("SELECT count(*) FROM variants.t");
    if (found != written || found == 0) {
      throw new IllegalStateException(
          "%s: %d rows were written, %d are there".formatted(variant.name(), written, found));
    }
  }
}
