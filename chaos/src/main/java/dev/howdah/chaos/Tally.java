package dev.howdah.chaos;

import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the events: by the application's count, by the pipeline's, and by SQL. All three
 * must agree once nothing is under way.
 *
 * @param offered events that the application logged
 * @param logged events by the pipeline's count, its own reports of losses included
 * @param written rows that the pipeline knows to be committed
 * @param rejected rows that PostgreSQL refused
 * @param dropped events that the pipeline gave up
 * @param journaled events that still wait, in memory or on disk
 * @param rows rows in the database
 * @param numberedRows those of the application's numbered events
 * @param numbers different numbers among these
 */
record Tally(
    long offered,
    long logged,
    long written,
    long rejected,
    long dropped,
    long journaled,
    long rows,
    long numberedRows,
    long numbers) {

  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Counts one instance's events, which must not be under way any more. */
  static Tally of(
      NumberedEvents events, PipelineStats stats, TestDatabase database, long instanceId) {
    List<Long> counts =
        database
            .query(
                """
                SELECT count(*),
                       count(*) FILTER (WHERE logger LIKE '%s%%'),
                       count(DISTINCT message) FILTER (WHERE logger LIKE '%s%%')
                FROM (
                  SELECT logger, split_part(message, ' ', 1) AS message
                  FROM monitoring.logs
                  WHERE instance_id = %d) AS events
                """
                    .formatted(NumberedEvents.LOGGERS, NumberedEvents.LOGGERS, instanceId))
            .get(0)
            .stream()
            .map(Long::valueOf)
            .toList();
    return new Tally(
        events.offered(),
        stats.logged(),
        stats.written(),
        stats.rejected(),
        stats.dropped(),
        stats.pending() + stats.journaled(),
        counts.get(0),
        counts.get(1),
        counts.get(2));
  }

  Tally plus(Tally other) {
    return new Tally(
        offered + other.offered,
        logged + other.logged,
        written + other.written,
        rejected + other.rejected,
        dropped + other.dropped,
        journaled + other.journaled,
        rows + other.rows,
        numberedRows + other.numberedRows,
        numbers + other.numbers);
  }

  /** Judges a tally, and whether the events of each thread are in their order. */
  static Outcome inOrder(int rounds, Tally tally, TestDatabase database) {
    long back =
        database.count(
            """
            SELECT count(*)
            FROM (
              SELECT split_part(message, ' ', 1)::bigint
                       < lag(split_part(message, ' ', 1)::bigint) OVER (
                           PARTITION BY instance_id, thread
                           ORDER BY seq) AS back
              FROM monitoring.log_events
              WHERE message ~ '^[0-9]+ ') AS steps
            WHERE back
            """);
    Outcome outcome = Outcome.of(rounds, tally);
    return back == 0 ? outcome : outcome.with(back + " events are out of their thread's order");
  }

  /** Events that are nowhere, and of which nobody said so. */
  long lost() {
    return offered - numbers - rejected - dropped - journaled;
  }

  /** Rows too many. */
  long doubled() {
    return numberedRows - numbers;
  }

  /** Says what does not agree. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    expect(violations, "lost", lost(), 0);
    expect(violations, "doubled", doubled(), 0);
    expect(violations, "still waiting", journaled, 0);
    expect(violations, "logged", logged, written + dropped + rejected + journaled);
    expect(violations, "logged, without reports", logged - (rows - numberedRows), offered);
    expect(violations, "rows", rows, written);
    return violations;
  }

  private static void expect(List<String> violations, String what, long found, long expected) {
    if (found != expected) {
      violations.add("%s: %d, and should be %d".formatted(what, found, expected));
    }
  }
}
