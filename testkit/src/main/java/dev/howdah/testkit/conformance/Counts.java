package dev.howdah.testkit.conformance;

import java.util.HashMap;
import java.util.Map;

/**
 * What became of the events, as the appender counts them.
 *
 * @param logged events that were offered, and Howdah's own reports of losses
 * @param written rows known to be committed
 * @param dropped events lost, for whatever cause
 * @param rejected rows that PostgreSQL refused
 * @param journaled rows in the journal on disk
 * @param pending events under way in memory
 * @param cut texts and contexts that were cut at their limit
 * @param replaced characters that PostgreSQL can't hold
 * @param losses {@code dropped} and {@code rejected} by cause and level, such as {@code FULL.INFO};
 *     those above zero
 */
public record Counts(
    long logged,
    long written,
    long dropped,
    long rejected,
    long journaled,
    long pending,
    long cut,
    long replaced,
    Map<String, Long> losses) {

  /** What an appender counts that never started. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, Map.of());

  /** Makes the map unmodifiable. */
  public Counts {
    losses = Map.copyOf(losses);
  }

  /** {@return events that are neither written nor lost yet} */
  public long underWay() {
    return journaled + pending;
  }

  /**
   * Gives the count of one cause and level.
   *
   * @param cause why, such as {@code FULL}
   * @param level severity, such as {@code INFO}
   * @return how many such events were lost
   */
  public long lost(String cause, String level) {
    return losses.getOrDefault(cause + "." + level, 0L);
  }

  /**
   * Adds up the counts of two appenders.
   *
   * @param other the other's
   * @return the sums
   */
  public Counts plus(Counts other) {
    Map<String, Long> sums = new HashMap<>(losses);
    other.losses.forEach((cause, events) -> sums.merge(cause, events, Long::sum));
    return new Counts(
        logged + other.logged,
        written + other.written,
        dropped + other.dropped,
        rejected + other.rejected,
        journaled + other.journaled,
        pending + other.pending,
        cut + other.cut,
        replaced + other.replaced,
        sums);
  }
}
