package dev.howdah.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives log rows, and those that come later: each once, and none is missed, however late it comes.
 *
 * <p>A row may become visible long after others with a later {@code logged_at}: instances write
 * each for itself, and after an outage hours late. But each instance writes its batches one after
 * the other, and counts its rows; so the highest {@code seq} that was there says which of its rows
 * are known, and a new {@code last_batch} that there are more. They are looked for from its own
 * latest {@code logged_at} on, so that the index on that column serves.
 *
 * <p>Missed would be a row that is more than {@link #LATE} older than one that the same instance
 * wrote before. What is remembered is bounded by the number of instances. For one thread.
 */
final class Tail {

  /** How far before the start a row may be logged that is still to come. */
  static final Duration BEFORE_START = Duration.ofMinutes(1);

  /** By how much an instance's rows may be out of order; more costs more at each step. */
  static final Duration LATE = Duration.ofSeconds(15);

  private static final String BATCHES = "SELECT instance_id, last_batch FROM monitoring.instances";

  private static final String MARKS =
      """
      SELECT instance_id, max(seq) AS seq, max(logged_at) AS logged_at
      FROM monitoring.log_events
      WHERE logged_at >= ?
      GROUP BY instance_id
      """;

  private static final String LATEST =
      """
      SELECT *
      FROM (
        SELECT *
        FROM monitoring.logs
        %s
        ORDER BY logged_at DESC, instance_id DESC, seq DESC
        LIMIT ?
      ) latest
      ORDER BY logged_at, instance_id, seq
      """;

  private static final String NEW =
      """
      SELECT l.*
      FROM monitoring.logs l
      LEFT JOIN (
        SELECT unnest(?) AS marked_id, unnest(?) AS marked_seq, unnest(?)::timestamptz AS marked_from
      ) m ON m.marked_id = l.instance_id
      %s
        AND logged_at >= ?
        AND logged_at >= coalesce(marked_from, ?)
        AND seq > coalesce(marked_seq, 0)
      ORDER BY logged_at, instance_id, seq
      """;

  /** How far an instance is known. */
  private record Mark(long seq, Instant loggedAt) {

    static Mark further(Mark one, Mark other) {
      return new Mark(
          Math.max(one.seq, other.seq),
          one.loggedAt.isAfter(other.loggedAt) ? one.loggedAt : other.loggedAt);
    }
  }

  private final Monitoring db;
  private final Conditions conditions;
  private final Map<Long, Mark> marks = new HashMap<>();
  private Map<Long, Long> batches = Map.of();
  private Instant horizon = Instant.EPOCH;

  Tail(Monitoring db, Conditions conditions) throws SQLException {
    this.db = db;
    this.conditions = conditions;
    // One snapshot for all queries of a step, and results that need not fit into memory.
    db.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    db.connection().setAutoCommit(false);
  }

  /**
   * Gives the latest rows, oldest first.
   *
   * @param limit how many; null: all
   * @param since no older ones; null: of any age
   */
  void latest(@Nullable Long limit, @Nullable Instant since, Consumer<Row> rows)
      throws SQLException {
    Conditions recent = conditions.copy().and("logged_at >= ?", since);
    List<@Nullable Long> last = new ArrayList<>();
    last.add(limit);
    db.each(rows, LATEST.formatted(recent.sql()), recent.values(List.of(), last));
    db.connection().commit();
  }

  /**
   * Gives the latest rows, and remembers what is there.
   *
   * @param since older rows are never given; null: those that are a minute older than now
   */
  void begin(@Nullable Long limit, @Nullable Instant since, Instant now, Consumer<Row> rows)
      throws SQLException {
    horizon = since == null ? now.minus(BEFORE_START) : since;
    batches = batches();
    mark(horizon);
    latest(limit, since, rows);
  }

  /** Gives the rows that have come since. */
  void poll(Instant now, Consumer<Row> rows) throws SQLException {
    Map<Long, Long> written = batches();
    Instant recent = later(horizon, now.minus(LATE));
    marks
        .entrySet()
        .removeIf(
            known ->
                !written.containsKey(known.getKey())
                    && known.getValue().loggedAt().isBefore(recent));
    Set<Long> instances = new LinkedHashSet<>(written.keySet());
    instances.addAll(marks.keySet());
    List<Long> ids = new ArrayList<>(instances);
    List<Long> seqs = new ArrayList<>();
    List<Instant> froms = new ArrayList<>();
    Instant earliest = recent;
    for (Long id : ids) {
      Mark mark = marks.getOrDefault(id, new Mark(0, horizon));
      Instant from = recent;
      if (written.containsKey(id) && !written.get(id).equals(batches.get(id))) {
        from = later(horizon, mark.loggedAt().minus(LATE));
      }
      seqs.add(mark.seq());
      froms.add(from);
      earliest = from.isBefore(earliest) ? from : earliest;
    }
    db.each(
        rows,
        NEW.formatted(conditions.sql()),
        conditions.values(List.of(ids, seqs, froms), List.of(earliest, recent)));
    mark(earliest);
    db.connection().commit();
    batches = written;
  }

  /** How many instances are remembered. */
  int remembered() {
    return marks.size();
  }

  private void mark(Instant from) throws SQLException {
    db.each(
        row ->
            marks.merge(
                row.number("instance_id"),
                new Mark(row.number("seq"), row.time("logged_at")),
                Mark::further),
        MARKS,
        from);
  }

  private Map<Long, Long> batches() throws SQLException {
    Map<Long, Long> last = new HashMap<>();
    db.each(row -> last.put(row.number("instance_id"), row.number("last_batch")), BATCHES);
    return last;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
