package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.Map;

/**
 * Events from the logging call to committed rows in the real schema, beside raw COPY and JDBC
 * batches of the same rows into the same table, and beside the appenders of Log4j2 and Logback, by
 * turns.
 */
final class ThroughputComparison implements Comparison {

  /** Peers that take their time write a part of the events: rates are by the second. */
  private static final int BATCHES_PART = 4;

  private static final int JDBC_APPENDER_PART = 10;
  private static final int DB_APPENDER_PART = 100;

  /**
   * How much is measured.
   *
   * @param events in each turn
   * @param rounds in which everyone has one turn, after one that is not counted
   */
  record Scale(int events, int rounds) {}

  /**
   * So many events that the wait for the last batch's flush interval, which a turn ends with, is a
   * small part of it, and so few that their WAL calls for no checkpoint meanwhile; each of the
   * seven contenders begins one of the rounds.
   */
  private static final Scale FULL = new Scale(1_500_000, 7);

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String summary() {
    return "events a second, from the logging call to committed rows, beside raw COPY and peers";
  }

  @Override
  public Report run(Options options) throws Exception {
    String command = "bin/bench throughput" + (options.quick() ? " --quick" : "");
    return run(command, options.quick() ? new Scale(200_000, 5) : FULL);
  }

  Report run(String command, Scale scale) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    LogLines lines = LogLines.find();
    int events = scale.events();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put("events", Spread.number(events) + " a turn; " + lines.description());
    conditions.put("rounds", scale.rounds() + ", after one that is not counted");
    try (HowdahLogback howdah = HowdahLogback.blocking(database);
        HowdahLogback journaling = HowdahLogback.journaling(database)) {
      LoggingThreads one = new LoggingThreads("Howdah, 1 thread", howdah, lines, events, 1);
      Turn.unmeasured(database, one); // Its rows are the ones to be copied.
      try (RawCopy raw = RawCopy.ofRowsIn(database);
          JdbcBatches batches = JdbcBatches.ofRowsIn(database, events / BATCHES_PART, raw);
          Log4jJdbc log4j = Log4jJdbc.buffering(database, raw.transactionRows());
          DbAppenderThread dbAppender =
              new DbAppenderThread(database, lines, events / DB_APPENDER_PART)) {
        conditions.put("row", raw.bytes() / events + " bytes of COPY BINARY on average");
        conditions.put("transaction", Spread.number(raw.transactionRows()) + " rows");
        List<Contender> contenders =
            List.of(
                one,
                new LoggingThreads("Howdah, 2 threads", howdah, lines, events, 2),
                new LoggingThreads("journal=always, 1", journaling, lines, events, 1),
                raw,
                batches,
                new JdbcAppenderThread(log4j, lines, events / JDBC_APPENDER_PART),
                dbAppender);
        Samples samples = Turn.rounds(database, scale.rounds(), contenders);
        return new Report(name(), conditions, samples, contender -> RawCopy.NAME);
      }
    }
  }
}
