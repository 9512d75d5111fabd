package dev.howdah.batch;

import dev.howdah.event.Level;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what became of each event, by cause and level. Thread-safe.
 *
 * <p>Nothing here is touched when an event goes the normal way into the ring: what was accepted is
 * the ring's own cursor.
 */
public final class Ledger {

  private static final int LEVELS = Level.values().length;

  private final AtomicLongArray dropped = new AtomicLongArray(DropCause.values().length * LEVELS);
  private final AtomicLongArray rejected = new AtomicLongArray(LEVELS);
  private final LongAdder refused = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final LongAdder batches = new LongAdder();

  /**
   * @param cause why
   * @param level of the events
   * @param count how many
   */
  public void dropped(DropCause cause, Level level, long count) {
    dropped.addAndGet(cause.ordinal() * LEVELS + level.ordinal(), count);
  }

  /**
   * Counts an event that was lost before it came into the ring.
   *
   * @param cause why
   * @param level of the event
   */
  public void refused(DropCause cause, Level level) {
    refused.increment();
    dropped(cause, level, 1);
  }

  /**
   * @param batch a batch that will never be written
   * @param cause why
   */
  public void dropped(Batch batch, DropCause cause) {
    for (Level level : Level.values()) {
      dropped(cause, level, batch.count(level));
    }
  }

  /**
   * @param level of a row that PostgreSQL refused
   */
  public void rejected(Level level) {
    rejected.incrementAndGet(level.ordinal());
  }

  /**
   * @param rows rows that are known to be committed
   */
  public void written(long rows) {
    written.add(rows);
    batches.increment();
  }

  /**
   * @param cause a cause
   * @param level a level
   * @return how many such events were lost
   */
  public long dropped(DropCause cause, Level level) {
    return dropped.get(cause.ordinal() * LEVELS + level.ordinal());
  }

  /** {@return those of the lost events that never came into the ring} */
  public long refused() {
    return refused.sum();
  }

  /** {@return all lost events} */
  public long dropped() {
    return sum(dropped);
  }

  /** {@return rows that PostgreSQL refused} */
  public long rejected() {
    return sum(rejected);
  }

  /** {@return rows known to be committed} */
  public long written() {
    return written.sum();
  }

  /** {@return batches known to be committed} */
  public long batches() {
    return batches.sum();
  }

  private static long sum(AtomicLongArray counts) {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }
}
